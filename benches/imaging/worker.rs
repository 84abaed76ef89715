//! A contender is a process that gets one task a line and gives one answer a line, both JSON. It measures itself, so that
//! starting an interpreter counts for nothing; its first line tells its version and its peak memory before any picture.

use bytes::Bytes;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use picstargram::platform::imaging::{Encoding, Imaging, Limits, Size, plan};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// The thumbnail of a post.
pub const SIDE: u32 = 500;

#[derive(Serialize, Deserialize)]
pub struct Task {
    pub input: PathBuf,
    /// Where to leave `0.webp` (the thumbnail), `1.webp` (the widest) and so on, if anywhere.
    pub output: Option<PathBuf>,
    pub side: u32,
    /// Widest first.
    pub sizes: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Milliseconds.
    pub wall: f64,
    /// Milliseconds until the thumbnail was there.
    pub first: f64,
    /// Milliseconds, user and system, all threads.
    pub cpu: f64,
    /// VmHWM in KiB.
    pub peak: f64,
}

#[derive(Serialize, Deserialize)]
struct Hello {
    peak: f64,
    version: String,
}

pub struct Worker {
    child: Child,
    tasks: ChildStdin,
    answers: BufReader<ChildStdout>,
    pub version: String,
    /// KiB before any picture.
    pub baseline: f64,
}

impl Worker {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let tasks = child.stdin.take().expect("piped");
        let mut answers = BufReader::new(child.stdout.take().expect("piped"));
        let hello: Hello = read(&mut answers);
        Worker { child, tasks, answers, version: hello.version, baseline: hello.peak }
    }

    pub fn perform(&mut self, task: &Task) -> Answer {
        let line = serde_json::to_string(task).expect("a task is JSON");
        writeln!(self.tasks, "{line}").expect("the contender listens");
        read(&mut self.answers)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read<T: for<'a> Deserialize<'a>>(answers: &mut impl BufRead) -> T {
    let mut line = String::new();
    answers.read_line(&mut line).expect("the contender speaks UTF-8");
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
}

/// This program as a contender: the whole pipeline, or only what nobody can save.
pub fn run(way: &str) {
    let libwebp = unsafe { libwebp_sys::WebPGetEncoderVersion() };
    let version = format!("libwebp {}.{}.{}", libwebp >> 16, libwebp >> 8 & 255, libwebp & 255);
    println!("{}", serde_json::to_string(&Hello { peak: peak(), version }).expect("JSON"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let imaging = Imaging::new(Limits::default(), Encoding::default(), cores, 256_000_000).working_ahead();
    for line in std::io::stdin().lines() {
        let task: Task = serde_json::from_str(&line.expect("a task")).expect("a task");
        let bytes = std::fs::read(&task.input).expect("the input is there");
        let answer = if way == "floor" { floor(&task, &bytes) } else { runtime.block_on(pipeline(&imaging, &task, bytes)) };
        println!("{}", serde_json::to_string(&answer).expect("JSON"));
    }
}

/// As the program does it: the preview for the answer, then the variants for the job.
async fn pipeline(imaging: &Imaging, task: &Task, file: Vec<u8>) -> Answer {
    let original = Bytes::from(file.clone());
    let (cpu, began) = (cpu(), Instant::now());
    let (header, preview, _) = imaging.preview(move || Ok(file), task.side).await.expect("a sound picture");
    let first = milliseconds(began);
    let variants = imaging.variants(original).await.expect("a sound picture");
    let answer = Answer { wall: milliseconds(began), first, cpu: self::cpu() - cpu, peak: peak() };
    assert_eq!(sizes(header.width, header.height), variants.iter().map(|one| (one.width, one.height)).collect::<Vec<_>>());
    if let Some(folder) = &task.output {
        for (n, made) in [preview.thumbnail].iter().chain(&variants).enumerate() {
            std::fs::write(folder.join(format!("{n}.webp")), &made.bytes).expect("the folder can be written");
        }
    }
    answer
}

/// The sizes of a picture without the thumbnail, widest first.
pub fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    plan(width, height, SIDE)
        .into_iter()
        .filter(|(size, ..)| *size != Size::Thumbnail)
        .map(|(_, width, height)| (width, height))
        .rev()
        .collect()
}

/// Decoding the JPEG once at the scale the widest size needs, and libwebp on pixels that are there already.
fn floor(task: &Task, file: &[u8]) -> Answer {
    let mut decoder = turbojpeg::Decompressor::new().expect("a decoder");
    let Ok(header) = decoder.read_header(file) else { return Answer::default() };
    let whole = turbojpeg::decompress(file, turbojpeg::PixelFormat::RGB).expect("a sound picture");
    let (from_width, from_height) = (header.width as u32, header.height as u32);
    let source = ImageRef::new(from_width, from_height, &whole.pixels, PixelType::U8x3).expect("as many pixels as it says");
    let turned = (from_width > from_height) != (task.sizes[0].0 > task.sizes[0].1);
    let small: Vec<Image> = [(task.side, task.side)]
        .iter()
        .chain(&task.sizes)
        .map(|&(width, height)| {
            let mut target = if turned { Image::new(height, width, PixelType::U8x3) } else { Image::new(width, height, PixelType::U8x3) };
            Resizer::new().resize(&source, &mut target, None).expect("the same kind of pixels");
            target
        })
        .collect();
    let widest = task.sizes[0].0.max(task.sizes[0].1);
    let scale = if header.width.max(header.height) as u32 / 2 >= widest {
        turbojpeg::ScalingFactor::ONE_HALF
    } else {
        turbojpeg::ScalingFactor::ONE
    };
    decoder.set_scaling_factor(scale).expect("a scale it knows");
    let scaled = header.scaled(scale);
    let mut pixels = vec![0_u8; scaled.width * scaled.height * 3];

    let (cpu, began) = (cpu(), Instant::now());
    let image = turbojpeg::Image {
        pixels: pixels.as_mut_slice(),
        width: scaled.width,
        pitch: scaled.width * 3,
        height: scaled.height,
        format: turbojpeg::PixelFormat::RGB,
    };
    decoder.decompress(file, image).expect("a sound picture");
    for picture in &small {
        let (width, height) = (picture.width() as i32, picture.height() as i32);
        let mut output = std::ptr::null_mut();
        // SAFETY: the picture has `height` rows of three bytes a pixel, and the output is freed once.
        unsafe {
            let length = libwebp_sys::WebPEncodeRGB(picture.buffer().as_ptr(), width, height, 3 * width, 80.0, &mut output);
            assert!(length > 0);
            libwebp_sys::WebPFree(output.cast());
        }
    }
    Answer { wall: milliseconds(began), first: 0.0, cpu: self::cpu() - cpu, peak: peak() }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn cpu() -> f64 {
    // SAFETY: a plain structure that the call fills in.
    let used = unsafe {
        let mut used: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut used);
        used
    };
    let milliseconds = |time: libc::timeval| time.tv_sec as f64 * 1000.0 + time.tv_usec as f64 / 1000.0;
    milliseconds(used.ru_utime) + milliseconds(used.ru_stime)
}

fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("every process has one");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
