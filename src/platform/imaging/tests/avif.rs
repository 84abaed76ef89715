//! AVIF files of two encoders (libavif by Pillow and imagecodecs), 64 × 48, and containers made in code around them.

use super::super::container::heif;
use super::*;
use image::RgbaImage;
use samples::*;

pub const FILES: [(&str, &[u8]); 14] = [
    ("4:2:0", include_bytes!("files/420.avif")),
    ("4:2:2", include_bytes!("files/422.avif")),
    ("4:4:4", include_bytes!("files/444.avif")),
    ("limited range", include_bytes!("files/limited.avif")),
    ("stored RGB", include_bytes!("files/identity.avif")),
    ("10 bit 4:2:0", include_bytes!("files/10-bit-420.avif")),
    ("10 bit 4:4:4", include_bytes!("files/10-bit-444.avif")),
    ("12 bit 4:2:0", include_bytes!("files/12-bit-420.avif")),
    ("12 bit 4:4:4", include_bytes!("files/12-bit-444.avif")),
    ("animated", include_bytes!("files/animated.avif")),
    ("alpha", include_bytes!("files/alpha.avif")),
    ("grey", include_bytes!("files/grey.avif")),
    ("PQ", include_bytes!("files/pq.avif")),
    ("Display P3", include_bytes!("files/display-p3.avif")),
];

pub fn file(name: &str) -> &'static [u8] {
    FILES.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The AV1 bitstream of a file, and of its alpha.
fn streams(name: &str) -> (Vec<u8>, Option<Vec<u8>>) {
    let file = heif::read(file(name), Format::Avif, &Limits::default()).unwrap();
    (file.colour.tiles[0].to_vec(), file.alpha.map(|alpha| alpha.tiles[0].to_vec()))
}

fn shown(bytes: &[u8]) -> RgbaImage {
    only(bytes, Size::Full)
}

fn has_corners(image: &RgbaImage, wanted: [[u8; 3]; 4], what: &str) {
    for (seen, [r, g, b]) in corners(image).iter().zip(wanted) {
        assert!(near(seen, [r, g, b, 255], 10), "{what}: {seen:?} for {r} {g} {b}");
    }
}

#[test]
fn every_depth_and_sampling_shows_the_same_picture() {
    for (name, bytes) in &FILES[..10] {
        let header = look(bytes).unwrap();
        assert_eq!((header.format, header.width, header.height, header.frames), (Format::Avif, 64, 48, 1));
        has_corners(&shown(bytes), [RED, GREEN, WHITE, BLUE], name);
        has_corners(&webp_pixels(&preview_of(bytes).unwrap().thumbnail.bytes), [RED, GREEN, WHITE, BLUE], name);
    }
}

#[test]
fn alpha_and_grey() {
    let seen = shown(file("alpha"));
    assert!(near(seen.get_pixel(8, 6), [RED[0], RED[1], RED[2], 255], 10), "{:?}", seen.get_pixel(8, 6));
    assert_eq!(seen.get_pixel(56, 6)[3], 0);
    let seen = shown(file("grey"));
    assert!(near(seen.get_pixel(8, 6), [220, 220, 220, 255], 6) && near(seen.get_pixel(8, 40), [20, 20, 20, 255], 6));
}

/// Bitstream and sides, with the kind of item it is.
type Item<'a> = (&'a [u8; 4], Vec<u8>, (u32, u32));
/// The name of a box, and what is in it.
type Property = (&'static [u8; 4], Vec<u8>);

/// A file of AV1 items, all in `idat`, and the properties that the first of them has.
pub struct Container<'a> {
    /// Bitstream and sides of each; the first is the picture.
    pub items: Vec<Item<'a>>,
    /// By place in `items`, in order.
    pub properties: Vec<(u16, &'a [u8; 4], Vec<u8>)>,
    /// Kind, from and to, by place in `items`.
    pub references: Vec<(&'a [u8; 4], u16, Vec<u16>)>,
}

fn a_box(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat()
}

impl Container<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let count = (self.items.len() as u16).to_be_bytes();
        let (mut infos, mut locations, mut data) = (Vec::new(), Vec::new(), Vec::new());
        let (mut properties, mut associations) = (Vec::new(), Vec::new());
        for (id, (kind, bytes, (width, height))) in (1_u16..).zip(&self.items) {
            infos.extend(a_box(b"infe", &[&[2, 0, 0, 0], &id.to_be_bytes()[..], &[0, 0], *kind, b"\0"].concat()));
            locations.extend([&id.to_be_bytes()[..], &[0, 1, 0, 0, 0, 1]].concat());
            locations.extend([data.len() as u32, bytes.len() as u32].map(u32::to_be_bytes).concat());
            data.extend_from_slice(bytes);
            properties.extend(a_box(b"ispe", &[[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat()));
            let first = self.items.len() as u8 + 1;
            let of_item = (first..).zip(&self.properties).filter(|(_, (item, ..))| item + 1 == id).map(|(index, _)| index);
            let indices: Vec<u8> = [id as u8].into_iter().chain(of_item).collect();
            associations.extend(id.to_be_bytes());
            associations.push(indices.len() as u8);
            associations.extend(indices);
        }
        self.properties.iter().for_each(|(_, kind, body)| properties.extend(a_box(kind, body)));
        let references = self.references.iter().flat_map(|(kind, from, to)| {
            let ids = to.iter().flat_map(|to| (to + 1).to_be_bytes());
            a_box(kind, &(from + 1).to_be_bytes().into_iter().chain((to.len() as u16).to_be_bytes()).chain(ids).collect::<Vec<u8>>())
        });
        let references: Vec<u8> = [0; 4].into_iter().chain(references).collect();
        let tables = a_box(b"ipma", &[&[0; 6], &count[..], &associations].concat());
        let meta = [
            vec![0; 4],
            a_box(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            a_box(b"pitm", &[0, 0, 0, 0, 0, 1]),
            a_box(b"iloc", &[&[1, 0, 0, 0, 0x44, 0], &count[..], &locations].concat()),
            a_box(b"iinf", &[&[0; 4], &count[..], &infos].concat()),
            a_box(b"iref", &references),
            a_box(b"iprp", &[a_box(b"ipco", &properties), tables].concat()),
            a_box(b"idat", &data),
        ];
        [a_box(b"ftyp", b"avif\0\0\0\0avifmif1miaf"), a_box(b"meta", &meta.concat())].concat()
    }
}

/// The 4:4:4 sample with these properties.
fn with(properties: Vec<(&'static [u8; 4], Vec<u8>)>) -> Vec<u8> {
    let properties = properties.into_iter().map(|(kind, body)| (0, kind, body)).collect();
    Container { items: vec![(b"av01", streams("4:4:4").0, (64, 48))], properties, references: Vec::new() }.bytes()
}

fn nclx(primaries: u8, transfer: u8, matrix: u8) -> (&'static [u8; 4], Vec<u8>) {
    (b"colr", [b"nclx".as_slice(), &[0, primaries, 0, transfer, 0, matrix, 0x80]].concat())
}

#[test]
fn turns_and_mirrors_apply_in_their_order() {
    let turn = |quarters: u8| -> Property { (b"irot", vec![quarters]) };
    let mirror = |axis: u8| -> Property { (b"imir", vec![axis]) };
    let cases: [(Vec<Property>, u8, [[u8; 3]; 4]); 8] = [
        (vec![], 1, [RED, GREEN, WHITE, BLUE]),
        // A quarter anticlockwise brings the right side to the top.
        (vec![turn(1)], 8, [GREEN, WHITE, BLUE, RED]),
        (vec![turn(2)], 3, [WHITE, BLUE, RED, GREEN]),
        (vec![turn(3)], 6, [BLUE, RED, GREEN, WHITE]),
        (vec![mirror(1)], 2, [GREEN, RED, BLUE, WHITE]),
        (vec![mirror(0)], 4, [BLUE, WHITE, GREEN, RED]),
        (vec![turn(1), mirror(0)], 5, [RED, BLUE, WHITE, GREEN]),
        (vec![mirror(0), turn(1)], 7, [WHITE, GREEN, RED, BLUE]),
    ];
    for (properties, orientation, wanted) in cases {
        let file = with(properties);
        let header = look(&file).unwrap();
        assert_eq!(header.orientation, orientation);
        assert_eq!((header.width, header.height), if orientation >= 5 { (48, 64) } else { (64, 48) });
        has_corners(&shown(&file), wanted, &orientation.to_string());
    }
}

#[test]
fn a_grid_is_put_together_and_cut_to_size() {
    // Four tiles of 64 × 48 for 100 × 90: what is outside is cut off.
    let stream = streams("4:4:4").0;
    let tile = || (b"av01", stream.clone(), (64, 48));
    let plan = [0, 0, 1, 1, 0, 100, 0, 90].to_vec();
    let grid = |plan: Vec<u8>, sides, tiles: Vec<u16>| Container {
        items: vec![(b"grid", plan, sides), tile(), tile(), tile(), tile()],
        properties: Vec::new(),
        references: vec![(b"dimg", 0, tiles)],
    };
    let seen = shown(&grid(plan.clone(), (100, 90), vec![1, 2, 3, 4]).bytes());
    for (x, y, [r, g, b]) in
        [(16, 12, RED), (48, 12, GREEN), (80, 12, RED), (98, 12, GREEN), (16, 60, RED), (48, 84, WHITE), (80, 84, BLUE)]
    {
        assert!(near(seen.get_pixel(x, y), [r, g, b, 255], 12), "{x} {y}: {:?}", seen.get_pixel(x, y));
    }
    for (plan, sides, tiles) in [
        (plan.clone(), (100, 90), vec![1, 2, 3]),
        (plan.clone(), (100, 91), vec![1, 2, 3, 4]),
        (vec![0, 0, 1, 1, 0, 200, 0, 90], (200, 90), vec![1, 2, 3, 4]),
        (vec![0, 0, 1, 1, 0, 60, 0, 90], (60, 90), vec![1, 2, 3, 4]),
        (plan[..6].to_vec(), (100, 90), vec![1, 2, 3, 4]),
        (plan, (100, 90), vec![0, 0, 0, 0]),
    ] {
        assert_eq!(look(&grid(plan, sides, tiles).bytes()), Err(Reject::Damaged));
    }
}

#[test]
fn colours_by_code_points_and_by_profile() {
    let seen = shown(file("Display P3"));
    assert!(near(seen.get_pixel(30, 20), [220, 30, 40, 255], 8), "{:?}", seen.get_pixel(30, 20));
    // 203 cd/m² is the white of graphics.
    let seen = shown(file("PQ"));
    assert!(near(seen.get_pixel(30, 20), [255, 255, 255, 255], 3), "{:?}", seen.get_pixel(30, 20));

    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let by_profile = with(vec![(b"colr", [b"prof".as_slice(), &p3].concat()), nclx(1, 13, 6)]);
    let by_code = with(vec![nclx(12, 13, 6)]);
    let plain = with(vec![nclx(1, 13, 6)]);
    assert_eq!(shown(&plain), shown(&with(vec![(b"colr", b"prof nonsense".to_vec()), nclx(2, 2, 6)])));
    let (by_profile, by_code, plain) = (shown(&by_profile), shown(&by_code), shown(&plain));
    let at = (40, 10);
    assert!(near(by_profile.get_pixel(at.0, at.1), by_code.get_pixel(at.0, at.1).0, 3));
    assert!(!near(by_profile.get_pixel(at.0, at.1), plain.get_pixel(at.0, at.1).0, 10));
}

#[test]
fn premultiplied_colours_are_divided() {
    let alpha = (1, b"auxC", b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0".to_vec());
    let mut file = Container {
        items: vec![(b"av01", streams("4:4:4").0, (64, 48)), (b"av01", streams("grey").0, (64, 48))],
        properties: vec![alpha],
        references: vec![(b"auxl", 1, vec![0])],
    };
    // Alpha is 220 at the top left.
    let seen = *shown(&file.bytes()).get_pixel(8, 6);
    assert!(near(&seen, [220, 30, 40, 220], 8), "{seen:?}");
    file.references.push((b"prem", 0, vec![1]));
    let seen = *shown(&file.bytes()).get_pixel(8, 6);
    assert!(near(&seen, [255, 35, 46, 220], 8), "{seen:?}");
    // An auxiliary item that is not called alpha is no alpha.
    file.properties.clear();
    assert!(!look(&file.bytes()).unwrap().facts.alpha);
}

#[test]
fn boxes_that_lie_are_refused() {
    let plain = with(Vec::new());
    let bomb = |width: u32, height: u32| Container {
        items: vec![(b"av01", streams("4:4:4").0, (width, height))],
        properties: Vec::new(),
        references: Vec::new(),
    };
    assert!(matches!(look(&bomb(20_001, 48).bytes()), Err(Reject::SideTooLong { .. })));
    assert!(matches!(look(&bomb(15_000, 15_000).bytes()), Err(Reject::TooManyPixels { .. })));
    for (width, height) in [(65, 48), (63, 48), (6_400, 4_800)] {
        assert_eq!(preview_of(&bomb(width, height).bytes()).unwrap_err(), Reject::Damaged);
    }
    // An extent that starts or ends outside the file.
    let locations = plain.windows(4).position(|part| part == b"iloc").unwrap();
    for at in [locations + 20, locations + 24] {
        let mut file = plain.clone();
        file[at] = 0xff;
        assert_eq!(look(&file), Err(Reject::Damaged), "{at}");
    }
    // More frames than a picture in layers has.
    let stream = streams("4:4:4").0;
    let frame = stream.windows(1).position(|byte| byte[0] == 0x32).unwrap();
    let five = [stream.as_slice(), &stream[frame..], &stream[frame..], &stream[frame..], &stream[frame..]].concat();
    let file = Container { items: vec![(b"av01", five, (64, 48))], properties: Vec::new(), references: Vec::new() };
    assert_eq!(look(&file.bytes()), Err(Reject::Damaged));
    for item in [b"hvc1", b"j2k1"] {
        let file = Container { items: vec![(item, vec![1; 9], (64, 48))], properties: Vec::new(), references: Vec::new() };
        assert_eq!(look(&file.bytes()), Err(Reject::Unsupported { what: "HEIF" }));
    }
}

#[test]
fn only_the_clean_aperture_is_shown() {
    // 40 × 20 pixels, their centre 8 to the left of the middle and 4 below it: columns 4 to 43, rows 18 to 37.
    let aperture = |numbers: [i32; 8]| vec![(b"clap", numbers.map(i32::to_be_bytes).concat())];
    let file = with(aperture([40, 1, 20, 1, -8, 1, 4, 1]));
    let header = look(&file).unwrap();
    assert_eq!((header.width, header.height), (40, 20));
    let seen = shown(&file);
    for (x, y, [r, g, b]) in [(4, 1, RED), (24, 3, RED), (34, 3, GREEN), (4, 12, BLUE), (34, 12, WHITE)] {
        assert!(near(seen.get_pixel(x, y), [r, g, b, 255], 12), "{x} {y}: {:?}", seen.get_pixel(x, y));
    }
    for outside in [[40, 1, 20, 1, -13, 1, 0, 1], [65, 1, 20, 1, 0, 1, 0, 1], [40, 1, 20, 1, 1, 2, 0, 1], [40, 0, 20, 1, 0, 0, 0, 1]] {
        assert_eq!(look(&with(aperture(outside))).unwrap().width, 64);
    }
}
