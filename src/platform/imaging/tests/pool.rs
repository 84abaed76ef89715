use super::*;
use bytes::Bytes;
use samples::{busy, jpeg};

const MEMORY: u64 = 256_000_000;

fn imaging(threads: usize) -> Imaging {
    Imaging::new(Limits::default(), PLAIN, threads, MEMORY)
}

async fn looked_at(imaging: &Imaging, file: &[u8]) -> Result<(Header, Preview), Refusal> {
    let file = file.to_vec();
    imaging.preview(move || Ok(file), 500).await.map(|(header, preview, _)| (header, preview))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_bytes_come_out_on_one_core_on_several_and_ahead() {
    let file = jpeg(&busy(2400, 1600));
    let wanted = variants_of(&file).unwrap();
    for imaging in [imaging(1), imaging(4), imaging(4).working_ahead()] {
        let (_, preview) = looked_at(&imaging, &file).await.unwrap();
        assert_eq!(preview, preview_of(&file).unwrap());
        assert_eq!(imaging.variants(Bytes::from(file.clone())).await.unwrap(), wanted);
        assert!(!imaging.has_begun(&file), "what was fetched is not kept");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_are_begun_only_on_a_free_core_and_for_a_sound_file() {
    let file = jpeg(&busy(1200, 800));
    let alone = imaging(1).working_ahead();
    looked_at(&alone, &file).await.unwrap();
    assert!(!alone.has_begun(&file), "the only core was the preview's");

    let free = imaging(2).working_ahead();
    looked_at(&free, &file).await.unwrap();
    assert!(free.has_begun(&file));

    let cut = &file[..file.len() / 2];
    assert_eq!(looked_at(&free, cut).await.unwrap_err(), Refusal::Rejected(Reject::Damaged));
    assert!(!free.has_begun(cut), "a refused file has no job to ask for it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_turn_and_all_memory_come_back() {
    let file = jpeg(&busy(2400, 1600));
    let imaging = imaging(2).working_ahead();
    for _ in 0..3 {
        looked_at(&imaging, &file).await.unwrap();
        imaging.variants(Bytes::from(file.clone())).await.unwrap();
    }
    // Who wants everything gets it, or this hangs.
    imaging.wait_until_idle().await;
}
