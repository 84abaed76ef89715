//! The demo's people and what they posted: written by hand, with pictures to match.
//!
//! Every picture is named by its scene and seed, and its words describe what that seed draws, so change a seed only
//! together with its alternative text.

use super::draw::Scene;

/// Someone in the demo community.
pub struct Person {
    pub username: &'static str,
    pub email: &'static str,
    pub description: &'static str,
    pub face_seed: u64,
}

/// A post with its pictures in order.
pub struct Post {
    pub author: &'static str,
    pub caption: &'static str,
    pub minutes_ago: u32,
    pub photos: &'static [Photo],
}

pub struct Photo {
    pub scene: Scene,
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub alt: &'static str,
}

const TALL: (u32, u32) = (1120, 1400);
const TALL_LARGE: (u32, u32) = (2000, 2500);
const SQUARE: (u32, u32) = (1200, 1200);
const SQUARE_LARGE: (u32, u32) = (2000, 2000);
const WIDE: (u32, u32) = (1500, 1000);
const WIDE_LARGE: (u32, u32) = (2160, 1440);
const FILM_LARGE: (u32, u32) = (2400, 1350);
const NARROW: (u32, u32) = (1120, 1680);

const fn photo(scene: Scene, seed: u64, size: (u32, u32), alt: &'static str) -> Photo {
    Photo { scene, seed, width: size.0, height: size.1, alt }
}

const fn person(username: &'static str, email: &'static str, face_seed: u64, description: &'static str) -> Person {
    Person { username, email, description, face_seed }
}

/// Everybody, `mina` and the administrator first.
pub const PEOPLE: &[Person] = &[
    person("mina", "mina@example.org", 0, "서울에서 오래된 골목과 축제 불빛을 찍어요. 필름 반, 디지털 반. 같이 걸을 사람 늘 환영해요 🌸"),
    person(
        "admin",
        "admin@example.org",
        22,
        "I look after this place: updates, backups and the watering can. Something odd, or an idea? Write to me any time. 불편한 점이 있으면 언제든 편하게 알려 주세요.",
    ),
    person("joon", "joon@example.org", 1, "강변 야경, 막차, 아파트 불빛. 퇴근길이 작업실입니다. Night walks along the Han River."),
    person("ada", "ada@example.org", 2, "Mountains, lakes, early alarms. I carry too many lenses and exactly one good thermos."),
    person("tomas", "tomas@example.org", 3, "Tiles, coffee, façades. Lisbon on foot. Learning latte art in public, sorry in advance."),
    person("seoyeon", "seoyeon@example.org", 5, "보성에서 차를 키우고 빛을 기록해요. 답장은 느리지만 꼭 드려요."),
    person("noor", "noor@example.org", 6, "Desert light, lanterns and long exposures. I read more than I post."),
    person("leo_frost", "leo@example.org", 7, "Far north. Snow, aurora, firewood. If I don't answer, the battery froze."),
    person(
        "kwame",
        "kwame@example.org",
        8,
        "Harbours and wet streets, preferably seen from above. Collector of umbrellas I will never own.",
    ),
    person("haneul", "haneul@example.org", 9, "강아지 보리와 매일 두 번 걷습니다. 사진 속 계절은 전부 산책길이에요 🐕"),
    person(
        "ines",
        "ines@example.org",
        10,
        "Fields, beaches, balloons: things that look better from a little higher up. Drone borrowed from my brother.",
    ),
    person(
        "salma",
        "salma@example.org",
        11,
        "Marbling, pattern, light on walls. I teach paper arts on weekdays and make a mess at weekends.",
    ),
    person(
        "sunja",
        "sunja@example.org",
        12,
        "손주에게 사진 올리는 법을 배웠습니다. 텃밭, 연못, 과일 그리고 가끔 산. 느려도 이해해 주세요.",
    ),
    person(
        "persimmon_house",
        "house@example.org",
        13,
        "작은 카페 감나무집입니다. 아침 빛이 좋은 창가 자리 셋. Coffee, seasonal fruit, quiet mornings.",
    ),
    person("bada", "bada@example.org", 15, "바다 근처에 살아요. 물빛을 매일 한 장씩 적어 둡니다. One sea a day."),
    person("dalbit", "dalbit@example.org", 17, "달과 은하수를 따라 텐트를 옮겨요. 낮에는 보통 자고 있습니다 🌙"),
];

/// Whether a person likes a post: the same answer every time, never the author, and some posts far more than others.
pub fn likes(post_index: usize, person_index: usize) -> bool {
    let (Some(post), Some(person)) = (POSTS.get(post_index), PEOPLE.get(person_index)) else {
        return false;
    };
    if post.author == person.username {
        return false;
    }
    let stir = |n: u64| {
        let z = (n ^ 0x51_7c_c1_b7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 32)) % 100
    };
    // How much a post is loved: between a few and nearly everybody. The newest have had less time to be seen.
    let loved = 18 + stir(post_index as u64 + 1) * 70 / 100;
    let seen = if post.minutes_ago < 30 { 45 } else { 100 };
    stir((post_index as u64 + 1) * 131 + person_index as u64 * 7919) < loved * seen / 100
}

/// All posts, the newest first.
pub fn posts() -> &'static [Post] {
    POSTS
}

const POSTS: &[Post] = &[
    Post {
        author: "mina",
        caption: "등불 축제 마지막 날. 사람 구경하러 갔다가 불빛만 한참 보고 왔어요. 손이 시려서 셔터를 두 번씩 눌렀네요 🏮 #등불 #밤산책",
        minutes_ago: 4,
        photos: &[
            photo(Scene::Lanterns, 4, TALL_LARGE, "어두운 하늘 아래 여러 줄로 매달린 분홍·주황·초록·파랑 등불들"),
            photo(Scene::Lanterns, 11, TALL, "흰색과 노란색 등불이 겹겹이 빛나는 골목"),
        ],
    },
    Post {
        author: "ada",
        caption: "Woke at five, complained the whole way up, and then this. The lake didn't move for eleven minutes — I counted. #lake #mountains #firstlight",
        minutes_ago: 19,
        photos: &[photo(Scene::Lake, 16, WIDE_LARGE, "A tall pink mountain under a violet sky, mirrored in perfectly still water")],
    },
    Post {
        author: "tomas",
        caption: "A wall on the way to the bakery. I have walked past it for nine years and today the shadow finally agreed with it. @ines you'd like the corner piece #azulejo #tiles #patterns",
        minutes_ago: 47,
        photos: &[
            photo(Scene::Tiles, 2, SQUARE_LARGE, "Blue, white and yellow wall tiles with a diagonal shadow across the lower corner"),
            photo(Scene::Tiles, 13, SQUARE, "White and blue tiles with yellow squares, half in shade"),
            photo(Scene::Tiles, 14, SQUARE, "Teal and coral flower tiles, the lower right in shadow"),
        ],
    },
    Post {
        author: "sunja",
        caption: "연못에 비단잉어가 나왔어요. 손주가 이름을 다 지어 줬는데 저는 벌써 헷갈리네요. #연못 #비단잉어",
        minutes_ago: 88,
        photos: &[photo(Scene::Pond, 12, TALL, "보랏빛 물 위에 뜬 수련 잎과 연꽃, 그 사이를 헤엄치는 비단잉어들")],
    },
    Post {
        author: "ines",
        caption: "They went up all at once and nobody on the field said a word. Then a child yelled \"that one is MINE\" and everybody laughed. #balloons #dawn",
        minutes_ago: 131,
        photos: &[
            photo(Scene::Balloons, 9, TALL_LARGE, "A cluster of chequered hot-air balloons above hazy hills at dawn"),
            photo(Scene::Balloons, 4, TALL, "Colourful balloons drifting over pale green hills under a light sky"),
            photo(Scene::Balloons, 8, TALL, "Two balloons, one orange and one blue-striped, over misty hills"),
        ],
    },
    Post {
        author: "leo_frost",
        caption: "−19 °C, tripod frozen shut, zero regrets. #aurora #northernlights",
        minutes_ago: 206,
        photos: &[photo(
            Scene::Aurora,
            14,
            WIDE_LARGE,
            "Curtains of turquoise and violet northern light above dark hills and a lit cabin, mirrored in a lake",
        )],
    },
    Post {
        author: "joon",
        caption: "다리에 불 들어오는 시간을 이제 외웠어요. 오늘은 강바람이 조용해서 반영이 오래 버텼습니다. @mina 다음엔 같이 걸어요 #한강 #야경",
        minutes_ago: 275,
        photos: &[
            photo(Scene::CityRiver, 9, FILM_LARGE, "밤의 강을 가로지르는 불 켜진 아치교와 물에 비친 불빛"),
            photo(Scene::CityRiver, 8, TALL, "보랏빛 저녁 하늘, 분홍 불을 켠 아치교와 고층 건물들"),
        ],
    },
    Post {
        author: "kwame",
        caption: "Third floor, bad coffee, best seat in town. Nobody below knows how good they look together. #umbrellas #rain #fromabove",
        minutes_ago: 352,
        photos: &[
            photo(
                Scene::Umbrellas,
                13,
                TALL_LARGE,
                "A crowd of orange, blue, green and yellow umbrellas seen from above on a cobbled crossing",
            ),
            photo(Scene::Umbrellas, 9, TALL, "Many-coloured umbrellas crossing pale zebra stripes, seen from above"),
        ],
    },
    Post {
        author: "persimmon_house",
        caption: "오전 열 시, 창가 자리. 라테 아트는 오늘도 잎사귀 연습 중이에요 ☕ #커피 #감나무집",
        minutes_ago: 468,
        photos: &[
            photo(Scene::Coffee, 14, SQUARE, "대리석 탁자 위 검은 잔의 잎 모양 라테와 쿠키 접시, 나뭇잎 그림자"),
            photo(Scene::Coffee, 3, SQUARE, "나무 탁자 위 청록색 잔의 하트 라테, 옆에 쿠키 접시"),
        ],
    },
    Post {
        author: "haneul",
        caption: "산책로 은행나무가 하룻밤 사이에 다 물들었어요. 우리 집 강아지는 낙엽 밟는 소리를 제일 좋아해요 🍂 #은행나무 #가을",
        minutes_ago: 590,
        photos: &[
            photo(Scene::Leaves, 14, TALL_LARGE, "하늘을 배경으로 가지에 매달린 노란 은행잎들"),
            photo(Scene::Leaves, 3, TALL, "노란 은행잎이 뭉쳐 달린 가지, 뒤로 흐릿한 빛망울"),
        ],
    },
    Post {
        author: "bada",
        caption: "등대 불 켜지기 삼 분 전. 이 시간엔 말이 필요 없어요. #바다 #등대 #노을",
        minutes_ago: 715,
        photos: &[photo(Scene::Sea, 7, WIDE_LARGE, "보라와 주황으로 물든 하늘 아래 바위 끝의 등대와 낮게 걸린 해")],
    },
    Post {
        author: "dalbit",
        caption: "텐트 안에서 라디오를 껐더니 하늘이 더 크게 들렸어요. #은하수 #별사진 #캠핑",
        minutes_ago: 871,
        photos: &[
            photo(Scene::MilkyWay, 7, TALL_LARGE, "은하수가 쏟아지는 남색 밤하늘, 별똥별 하나, 그 아래 불 켜진 작은 텐트"),
            photo(Scene::MilkyWay, 15, TALL, "청록빛 밤하늘의 은하수와 주황빛 텐트"),
        ],
    },
    Post {
        author: "seoyeon",
        caption: "첫물차 따는 날. 골마다 빛이 다르게 들어서 한 컷으로는 도저히 안 되더라고요. @sunja 할머니 차 보내 드릴게요! #차밭 #보성",
        minutes_ago: 1151,
        photos: &[
            photo(Scene::Tea, 5, TALL_LARGE, "연둣빛 차밭이 물결처럼 이어지고 먼 언덕 위에 나무 한 그루"),
            photo(Scene::Tea, 13, TALL, "엷은 안개 낀 산 아래 부드럽게 굽은 차밭 이랑"),
            photo(Scene::Tea, 10, TALL, "파란 하늘과 짙은 초록 차밭"),
        ],
    },
    Post {
        author: "noor",
        caption: "The dune keeps its edge for about an hour after the wind drops. My grandmother called it the clean page. #dunes #desert",
        minutes_ago: 1353,
        photos: &[
            photo(Scene::Dunes, 3, WIDE_LARGE, "Pink and violet evening over dunes with long dark lee sides and a low sun"),
            photo(Scene::Dunes, 12, TALL, "Orange dunes with a pale sun low on the right"),
        ],
    },
    Post {
        author: "salma",
        caption: "Ink day. I had a plan. The ink had a different plan, and a better sense of colour. #marbling #ink #suminagashi",
        minutes_ago: 1810,
        photos: &[
            photo(Scene::Marble, 4, SQUARE_LARGE, "Swirls of deep teal and cream ink with fine gold lines"),
            photo(Scene::Marble, 8, SQUARE, "Blue and white marbled ink with gold contours"),
            photo(Scene::Marble, 2, SQUARE, "Green marbled ink with cream and gold veins"),
        ],
    },
    Post {
        author: "mina",
        caption: "매화가 먼저 피고, 사람들 목소리가 그다음에 높아져요. 가지 하나만 오래 봤습니다. #매화 #봄",
        minutes_ago: 1980,
        photos: &[
            photo(Scene::Blossom, 9, TALL, "크림색 배경 앞 가지마다 핀 붉은 매화"),
            photo(Scene::Blossom, 11, TALL, "가지 끝에 모여 핀 붉은 매화, 아래쪽은 흐릿하게 번진 꽃송이들"),
        ],
    },
    Post {
        author: "admin",
        caption: "어서 오세요, welcome! A quiet start to the week here: fog, coffee, and a server that behaves. If anything looks odd, tell me — 언제든 편하게 말씀해 주세요. #picstargram",
        minutes_ago: 2396,
        photos: &[photo(Scene::Forest, 5, TALL_LARGE, "Rows of dark green firs fading into pale fog")],
    },
    Post {
        author: "ada",
        caption: "Ridge after ridge after ridge, like someone kept changing their mind about the blue. #mountains #layers",
        minutes_ago: 2730,
        photos: &[
            photo(Scene::Peaks, 2, TALL, "Jagged violet mountain ridges fading into pink haze, fir trees in front"),
            photo(Scene::Peaks, 7, TALL, "A pale moon above blue ridges and black firs at night"),
            photo(Scene::Peaks, 11, TALL, "Sharp lilac mountains at dawn with mist in the valleys"),
            photo(Scene::Peaks, 3, TALL, "Dark green jagged ridges under a pale sun, a few birds in the sky"),
            photo(Scene::Peaks, 14, TALL, "Slate-coloured ridges with birds beside a small golden sun"),
        ],
    },
    Post {
        author: "kwame",
        caption: "Morning shift at the harbour. Every boat has a name and none of them answer to it. #harbour #boats",
        minutes_ago: 2902,
        photos: &[photo(
            Scene::Harbour,
            6,
            WIDE_LARGE,
            "Coloured houses on a hillside and moored boats in pink morning light, mirrored in the water",
        )],
    },
    Post {
        author: "sunja",
        caption: "올해 첫 단감. 제일 예쁜 건 사진 찍고 나서 먹었습니다. #단감 #가을",
        minutes_ago: 3328,
        photos: &[photo(Scene::Fruit, 12, SQUARE_LARGE, "푸른 벽 앞 나무 탁자에 쌓아 놓은 주황색 감과 벽에 비친 창문 빛")],
    },
    Post {
        author: "joon",
        caption: "막차 창문. 이어폰 한쪽만 끼고 빗소리 반, 노래 반. #비오는밤 #버스창문",
        minutes_ago: 3495,
        photos: &[photo(Scene::RainWindow, 1, TALL_LARGE, "빗방울 맺힌 유리창 너머로 번진 주황·파랑 도시 불빛")],
    },
    Post {
        author: "ines",
        caption: "Low tide, high drone. The parasols look like someone spilled a box of buttons. #beach #fromabove",
        minutes_ago: 3894,
        photos: &[
            photo(Scene::Shore, 7, TALL_LARGE, "Striped parasols and towels on pale sand beside green water with white foam, from above"),
            photo(Scene::Shore, 1, TALL, "A few parasols on a white beach, turquoise waves at the bottom, from above"),
        ],
    },
    Post {
        author: "leo_frost",
        caption: "Someone lives there, and I hope they are having soup. #snow #cabin",
        minutes_ago: 4087,
        photos: &[photo(Scene::Snow, 3, TALL_LARGE, "A bare tree and a small lit cabin in violet evening snow")],
    },
    Post {
        author: "seoyeon",
        caption: "오후 네 시 십 분, 우리 집 벽에서 제일 좋은 전시가 열려요. 입장료는 없고 이십 분이면 끝나요. #창문빛 #그림자",
        minutes_ago: 4295,
        photos: &[
            photo(Scene::Window, 12, TALL, "주황빛 벽에 비친 아치 창과 잎 그림자, 선반 위의 책과 꽃병"),
            photo(Scene::Window, 10, TALL, "청록색 벽에 비친 아치 창 빛과 고사리 그림자, 선반 위 책과 꽃"),
            photo(Scene::Window, 15, TALL, "장밋빛 벽의 창문 빛과 나뭇잎 그림자, 아래 선반의 책들"),
            photo(Scene::Window, 13, TALL, "청록색 벽에 비친 블라인드 빛줄기와 고사리 그림자"),
            photo(Scene::Window, 5, TALL, "회색 벽에 비스듬히 비친 네모난 창문 빛"),
        ],
    },
    Post {
        author: "tomas",
        caption: "Apartment dusk. I always pick one lit window and decide what they are cooking. Top left: definitely garlic. #facade #windows #bluehour",
        minutes_ago: 4710,
        photos: &[
            photo(Scene::Facade, 8, TALL, "A dark blue apartment front at night with scattered lit windows"),
            photo(Scene::Facade, 7, TALL, "A reddish facade with arched windows at dusk, a few of them lit"),
        ],
    },
    Post {
        author: "dalbit",
        caption: "기와 끝에 달이 걸리는 날은 한 달에 며칠 안 돼요. 오늘이 그날이었어요. #달 #기와",
        minutes_ago: 5380,
        photos: &[photo(Scene::Moon, 6, TALL_LARGE, "보랏빛 저녁 하늘의 하얀 보름달과 어두운 기와 처마")],
    },
    Post {
        author: "bada",
        caption: "오늘 물빛 기록. 회색에도 종류가 이렇게 많아요. #바다 #겨울바다",
        minutes_ago: 5620,
        photos: &[
            photo(Scene::Sea, 5, WIDE_LARGE, "은회색 바다와 섬, 앞쪽의 검은 바위, 흐린 해"),
            photo(Scene::Sea, 10, WIDE, "잿빛 하늘과 바다 위의 작은 돛단배"),
            photo(Scene::Sea, 15, WIDE, "은빛 물결과 멀리 낮은 섬들"),
        ],
    },
    Post {
        author: "noor",
        caption: "City of lamps tonight. My nephew asked who turns them all off. I said the morning. #lanterns",
        minutes_ago: 5928,
        photos: &[photo(Scene::Lanterns, 13, TALL_LARGE, "Rows of orange and red paper lanterns glowing against a dark sky")],
    },
    Post {
        author: "haneul",
        caption: "비 그친 뒤 단풍길. 강아지가 웅덩이를 전부 확인하느라 집까지 한 시간 걸렸어요. @mina 여기 꼭 가 보세요 #단풍 #산책",
        minutes_ago: 6503,
        photos: &[
            photo(Scene::Leaves, 4, TALL, "빛망울 앞에 늘어진 붉고 주황색인 단풍잎들"),
            photo(Scene::Leaves, 6, TALL, "가지 끝에 달린 선명한 붉은 단풍"),
            photo(Scene::Leaves, 10, TALL, "올리브빛 배경 앞 가지를 따라 물든 단풍"),
            photo(Scene::Forest, 15, TALL, "초록 전나무 숲 사이사이 노랗게 물든 나무들"),
        ],
    },
    Post {
        author: "ada",
        caption: "From the ridge above the weather. Somewhere under there people are looking for their umbrellas. #seaofclouds #sunrise",
        minutes_ago: 7298,
        photos: &[photo(Scene::AboveClouds, 4, WIDE_LARGE, "A dark summit rising from a sea of orange and violet clouds at sunset")],
    },
    Post {
        author: "persimmon_house",
        caption: "새 잔이 왔어요. 살구색 잔은 겨울 볕에 놓아야 제맛이네요. 이번 주는 목요일에 쉬어요 🙏 #카페 #새식구",
        minutes_ago: 7858,
        photos: &[
            photo(Scene::Coffee, 15, SQUARE_LARGE, "대리석 탁자 위 살구색 잔에 담긴 커피와 쿠키 접시, 창문 빛"),
            photo(Scene::Coffee, 6, SQUARE, "짙은 돌 탁자 위 살구색 잔의 라테와 펼친 책"),
        ],
    },
    Post {
        author: "salma",
        caption: "Studio wall, 16:40. I will miss this building when the lease is up. #windowlight",
        minutes_ago: 8303,
        photos: &[photo(Scene::Window, 2, TALL_LARGE, "Window light on an olive wall, crossed by the shadows of leaves")],
    },
    Post {
        author: "kwame",
        caption: "Zebra crossing in the rain, take two. The yellow one waited for me, I swear. #umbrellas #street",
        minutes_ago: 9156,
        photos: &[photo(Scene::Umbrellas, 2, TALL, "Black and yellow umbrellas on worn zebra stripes, seen from above")],
    },
    Post {
        author: "mina",
        caption: "봄이 하늘까지 올라갔어요. 목이 아픈 줄도 모르고 위만 봤네요. #벚꽃 #꽃구경",
        minutes_ago: 9370,
        photos: &[
            photo(Scene::Blossom, 4, TALL_LARGE, "파란 하늘을 배경으로 뻗은 벚꽃 가지"),
            photo(Scene::Blossom, 15, TALL, "하늘빛 배경에 가지가 교차하며 핀 연분홍 벚꽃"),
            photo(Scene::Blossom, 16, TALL, "보랏빛 밤, 조명을 받아 분홍으로 빛나는 벚꽃"),
        ],
    },
    Post {
        author: "joon",
        caption: "Office lights off one by one. The river keeps a copy of everything. #cityscape #nightwalk",
        minutes_ago: 10165,
        photos: &[photo(Scene::CityRiver, 7, WIDE_LARGE, "A skyline with a slim tower against a magenta dusk, reflected in the river")],
    },
    Post {
        author: "ines",
        caption: "Tulip rows from the train window. I got off at the next stop and walked back. #tulips #fields",
        minutes_ago: 10560,
        photos: &[
            photo(
                Scene::Flowers,
                10,
                WIDE,
                "Rows of orange, red, yellow and purple flowers running to the horizon, a tree and a blue sky with clouds",
            ),
            photo(Scene::Flowers, 12, TALL, "Bands of purple, orange and red flowers under a blue sky, a tree at the far edge"),
            photo(Scene::Flowers, 2, TALL, "Red, yellow and orange flower rows under a dusky pink sky"),
        ],
    },
    Post {
        author: "sunja",
        caption: "아침 연못은 저 혼자 보기 아까워서 올립니다. 백련이 폈어요. #연꽃 #아침",
        minutes_ago: 10856,
        photos: &[
            photo(Scene::Pond, 15, TALL, "남색 연못 위의 수련 잎과 흰 연꽃, 헤엄치는 잉어"),
            photo(Scene::Pond, 1, TALL, "초록 수련 잎 사이에 핀 분홍 연꽃들"),
        ],
    },
    Post {
        author: "leo_frost",
        caption: "Walked in blind fog for two hours. The forest only shows you the next tree, which is honestly enough. #forest #fog",
        minutes_ago: 11135,
        photos: &[photo(Scene::Forest, 11, NARROW, "Tall dark trunks standing in pale green fog")],
    },
    Post {
        author: "noor",
        caption: "Walkers on the far crest, and not one of them in a hurry. #desert",
        minutes_ago: 11563,
        photos: &[photo(Scene::Dunes, 9, WIDE_LARGE, "Tiny figures walking along the crest of an orange dune under a violet sky")],
    },
    Post {
        author: "dalbit",
        caption: "별똥별은 못 봤지만 나무 한 그루랑 오래 앉아 있었어요. #은하수",
        minutes_ago: 12383,
        photos: &[photo(Scene::MilkyWay, 16, TALL_LARGE, "보라색 밤하늘의 은하수와 언덕 위 나무 실루엣")],
    },
    Post {
        author: "tomas",
        caption: "Two espressos, one book, no phone (until now, obviously). #coffee #slowmorning",
        minutes_ago: 12723,
        photos: &[photo(
            Scene::Coffee,
            7,
            WIDE_LARGE,
            "A teal cup with latte art and an open book on a wooden table, leaf shadows at the side",
        )],
    },
    Post {
        author: "bada",
        caption: "모래가 까만 해변. 파도 거품이 레이스 같았어요. #해변 #검은모래",
        minutes_ago: 13382,
        photos: &[photo(Scene::Shore, 14, TALL_LARGE, "검은 모래 해변의 파라솔들과 푸른 파도, 하늘에서 본 모습")],
    },
    Post {
        author: "seoyeon",
        caption: "모내기 전 논. 하늘을 층층이 나눠 담아 놓은 것 같죠. #다랑논 #시골",
        minutes_ago: 14096,
        photos: &[
            photo(Scene::Paddies, 7, TALL_LARGE, "옅은 하늘빛이 담긴 다랑논이 곡선으로 굽이치는 풍경"),
            photo(Scene::Paddies, 3, TALL, "노을빛으로 물든 다랑논과 짙은 산등성이"),
        ],
    },
    Post {
        author: "ada",
        caption: "Nobody told me the canoe would be the warmest place. #lake #autumn",
        minutes_ago: 14604,
        photos: &[photo(Scene::Lake, 2, TALL, "A tall mountain, a strip of orange trees and a canoe on green-blue water")],
    },
    Post {
        author: "haneul",
        caption: "눈 온 날 아침, 발자국은 우리가 1등이었어요 🐾 #첫눈 #강아지산책",
        minutes_ago: 15262,
        photos: &[photo(Scene::Snow, 14, WIDE_LARGE, "푸른 하늘과 하얀 눈밭, 그 사이에 선 나무 한 그루")],
    },
    Post {
        author: "salma",
        caption: "Counting corners on old tiles instead of answering e-mail. #geometry #tiles",
        minutes_ago: 15527,
        photos: &[
            photo(Scene::Tiles, 9, SQUARE, "Black and white flower tiles with small gold centres, a shadow at the bottom"),
            photo(Scene::Tiles, 6, SQUARE, "Green and orange tiles, the lower right corner in shadow"),
            photo(Scene::Tiles, 7, SQUARE, "Purple tiles with a diagonal edge of shade"),
            photo(Scene::Tiles, 8, SQUARE, "Red sunburst tiles, a diagonal shadow across the lower right"),
        ],
    },
    Post {
        author: "mina",
        caption: "불꽃놀이 자리 잡느라 세 시부터 돗자리 폈어요. 보람 있었습니다! #불꽃놀이 #여름밤",
        minutes_ago: 15794,
        photos: &[
            photo(Scene::Fireworks, 4, TALL, "보랏빛 밤하늘에 터지는 여러 색 불꽃과 강 건너 도시"),
            photo(Scene::Fireworks, 2, TALL, "자줏빛 하늘의 불꽃과 도시 실루엣, 강가의 사람들"),
        ],
    },
    Post {
        author: "kwame",
        caption: "Golden hour does half the work, the other half is standing still. #harbour #goldenhour",
        minutes_ago: 16188,
        photos: &[photo(Scene::Harbour, 8, WIDE_LARGE, "A hillside harbour town with boats in warm yellow light")],
    },
    Post {
        author: "joon",
        caption: "비 오는 날은 신호등이 제일 예뻐요. #비 #보케",
        minutes_ago: 16993,
        photos: &[photo(Scene::RainWindow, 13, WIDE_LARGE, "빗방울 맺힌 창 너머 보라·분홍 불빛 망울")],
    },
    Post {
        author: "ines",
        caption: "Swam out, floated, came back salty. Photo from my brother's drone; he is insufferable about it. #sea #summer",
        minutes_ago: 17588,
        photos: &[photo(Scene::Shore, 5, WIDE_LARGE, "Bare pale sand and a bright green sea with lines of foam, from above")],
    },
    Post {
        author: "sunja",
        caption: "손주가 사과를 이렇게 쌓아 놓고 학교에 갔어요. 무너질까 봐 오전 내내 못 먹었네요. #사과 #정물",
        minutes_ago: 18091,
        photos: &[photo(Scene::Fruit, 8, SQUARE_LARGE, "살구색 벽 앞 나무 탁자에 쌓아 놓은 빨간 사과")],
    },
    Post {
        author: "leo_frost",
        caption: "Blue hour lasts half the day up here. You learn to cook by it. #snow #bluehour",
        minutes_ago: 18842,
        photos: &[
            photo(Scene::Snow, 6, TALL, "Two dark firs and a lit cabin on blue night snow"),
            photo(Scene::Snow, 5, TALL, "A tree with red leaves on blue night snow under the moon"),
        ],
    },
    Post {
        author: "persimmon_house",
        caption: "레몬청 담그는 날이에요. 가게에 들어오시면 바로 아실 거예요 🍋 #레몬청 #오늘의가게",
        minutes_ago: 19482,
        photos: &[
            photo(Scene::Fruit, 9, SQUARE, "청록색 벽 앞에 쌓아 놓은 노란 레몬"),
            photo(Scene::Fruit, 3, SQUARE, "창문 빛이 든 살구색 벽 앞에 나란히 놓인 레몬들"),
        ],
    },
    Post {
        author: "noor",
        caption: "The moon came up the colour of apricot jam. @dalbit did you see it too? #moonrise",
        minutes_ago: 19990,
        photos: &[
            photo(Scene::Moon, 2, TALL, "An orange moon behind a bare branch in a reddish sky"),
            photo(Scene::Moon, 13, TALL, "A large orange moon in a blue dusk above a row of firs"),
        ],
    },
    Post {
        author: "dalbit",
        caption: "@noor 봤어요! 여기는 소나무 숲 위로 떴어요. 같은 달을 다른 데서 찍는 거 좋네요. #보름달",
        minutes_ago: 20958,
        photos: &[photo(Scene::Moon, 11, TALL, "분홍빛 저녁 하늘에 뜬 노란 보름달과 전나무 숲 실루엣")],
    },
    Post {
        author: "tomas",
        caption: "The building opposite, day version. I know their laundry schedule better than mine. #facade #balconies",
        minutes_ago: 21849,
        photos: &[
            photo(Scene::Facade, 11, TALL, "A pastel facade with windows, balconies and plants in sunlight"),
            photo(Scene::Facade, 16, TALL, "Pastel apartments with a slanted shadow across the lower floors"),
            photo(Scene::Facade, 10, TALL, "A white facade with many windows, crossed by a slanted shadow"),
        ],
    },
    Post {
        author: "bada",
        caption: "섬이 배보다 느리게 지나가요. 여객선 맨 뒤 의자 추천합니다. #섬 #여객선",
        minutes_ago: 22322,
        photos: &[
            photo(Scene::Sea, 2, FILM_LARGE, "맑고 푸른 바다 위의 섬과 작은 돛배"),
            photo(Scene::Sea, 4, WIDE, "보라와 주황 노을, 섬과 앞쪽의 검은 바위"),
        ],
    },
    Post {
        author: "seoyeon",
        caption: "라벤더는 사진보다 냄새로 남는 곳이에요. 소매에서 아직도 나요. #라벤더",
        minutes_ago: 23115,
        photos: &[
            photo(Scene::Flowers, 15, TALL, "노을 진 하늘 아래 줄지어 핀 라벤더와 멀리 선 나무"),
            photo(Scene::Flowers, 3, TALL, "흐린 하늘 아래 보랏빛 라벤더 이랑"),
        ],
    },
    Post {
        author: "ada",
        caption: "I keep this one for bad days. #aurora #quiet",
        minutes_ago: 23869,
        photos: &[photo(Scene::Aurora, 2, TALL_LARGE, "Bright green aurora above a dark lake with a lit cabin on the shore")],
    },
    Post {
        author: "admin",
        caption: "이번 주 서버 점검은 새벽에 조용히 끝났어요. The backup ran, the plants were watered, the kettle is on. #운영일지",
        minutes_ago: 24971,
        photos: &[photo(Scene::Coffee, 1, SQUARE_LARGE, "밝은 돌 탁자 위 커피 한 잔과 펼친 책, 창문 빛")],
    },
    Post {
        author: "salma",
        caption: "Rose wall, slow fern, five lines of Sunday. #light #minimal",
        minutes_ago: 25941,
        photos: &[photo(Scene::Window, 6, SQUARE_LARGE, "Window light on a rose-coloured wall with the shadow of a fern")],
    },
    Post {
        author: "haneul",
        caption: "초록이 제일 바쁜 달이에요. 벌레 물린 데만 일곱 군데. #초여름 #단풍나무",
        minutes_ago: 26484,
        photos: &[
            photo(Scene::Leaves, 1, TALL, "연둣빛 배경 앞 가지에 달린 어린 초록 단풍잎"),
            photo(Scene::Leaves, 13, TALL, "초록 빛망울 앞에 늘어진 싱그러운 잎사귀"),
        ],
    },
    Post {
        author: "kwame",
        caption: "Someone told me grey days are no good for photographs. Exhibit A. #umbrellas #redumbrella",
        minutes_ago: 27727,
        photos: &[photo(Scene::Umbrellas, 8, TALL_LARGE, "Red, white and black umbrellas on a dark zebra crossing, from above")],
    },
    Post {
        author: "joon",
        caption: "새벽 다섯 시 반, 강 건너가 아직 안 깼을 때. #새벽 #도시",
        minutes_ago: 28109,
        photos: &[photo(Scene::CityRiver, 4, WIDE_LARGE, "연보랏빛 새벽, 현수교와 도시 건물들이 강에 비친 모습")],
    },
    Post {
        author: "mina",
        caption: "연등 아래서 소원 하나만 빌라고 하면 항상 두 개가 떠올라요. @seoyeon 은 뭐 빌었어요? #연등",
        minutes_ago: 28802,
        photos: &[
            photo(Scene::Lanterns, 1, TALL, "분홍빛 저녁 하늘 아래 여러 색의 연등"),
            photo(Scene::Lanterns, 15, TALL, "노을 아래 분홍·파랑·보라 연등이 줄지어 걸린 모습"),
        ],
    },
    Post {
        author: "leo_frost",
        caption: "Found the red tree again. It is always further than I remember. #winter #tree",
        minutes_ago: 29853,
        photos: &[photo(Scene::Snow, 13, WIDE_LARGE, "A tree with red leaves on a white snowfield under a pale sky")],
    },
    Post {
        author: "noor",
        caption: "Night shift in the sand. Cold enough for two coats and one long exposure. #desertnight",
        minutes_ago: 30283,
        photos: &[photo(Scene::Dunes, 14, WIDE_LARGE, "Blue dunes at night under a dark sky")],
    },
    Post {
        author: "sunja",
        caption: "산에 올라 보니 먹으로 그린 것 같아서 한참 서 있었습니다. #산 #수묵화",
        minutes_ago: 31072,
        photos: &[
            photo(Scene::Peaks, 13, NARROW, "먹으로 그린 듯한 산등성이 뒤로 반쯤 넘어간 붉은 해"),
            photo(Scene::Peaks, 9, TALL, "회색 산줄기 위에 뜬 붉은 해"),
        ],
    },
    Post {
        author: "ines",
        caption: "Festival morning, thermos, cold toes, pink sky. #balloons",
        minutes_ago: 31390,
        photos: &[photo(Scene::Balloons, 15, WIDE_LARGE, "Balloons floating in a pink sky above violet hills with firs")],
    },
    Post {
        author: "tomas",
        caption: "Rosetta number 412. It's getting there. @persimmon_house any advice? #latteart",
        minutes_ago: 32387,
        photos: &[photo(Scene::Coffee, 11, SQUARE, "A dark cup with leaf-shaped latte art on dark wood, biscuits beside it")],
    },
    Post {
        author: "persimmon_house",
        caption: "@tomas 손목보다 어깨 힘을 빼 보세요! 저도 사백 번쯤에 알았어요. #라테아트",
        minutes_ago: 33499,
        photos: &[photo(Scene::Coffee, 4, SQUARE, "초록 잔의 하트 라테와 펼친 책이 놓인 밝은 돌 탁자")],
    },
    Post {
        author: "dalbit",
        caption: "능선 위 구름바다에 달이 떴어요. 숨 쉬는 소리까지 조심하게 되는 밤. #운해 #달밤",
        minutes_ago: 34412,
        photos: &[photo(Scene::AboveClouds, 7, WIDE_LARGE, "밤의 구름바다 위로 살짝 솟은 봉우리와 밝은 달")],
    },
    Post {
        author: "bada",
        caption: "물이 들어오는 시간을 모르고 앉아 있다가 신발을 버렸어요. 그래도 예뻤으니까요. #노을 #해변",
        minutes_ago: 35668,
        photos: &[
            photo(Scene::Shore, 11, TALL, "노을빛 모래와 보랏빛 바다, 파라솔들을 하늘에서 본 모습"),
            photo(Scene::Shore, 4, TALL, "살구색 모래와 보라색 바다가 비스듬히 만나는 해변"),
        ],
    },
    Post {
        author: "ada",
        caption: "Gold light on the far ridge, socks drying on the near one. #hiking",
        minutes_ago: 36308,
        photos: &[photo(Scene::Peaks, 8, WIDE_LARGE, "Peach-coloured dawn over layered ridges with firs in front and a soft sun")],
    },
    Post {
        author: "seoyeon",
        caption: "유채꽃은 멀리서 볼 때보다 안에 들어가 있을 때 더 노래요. #유채꽃 #봄",
        minutes_ago: 37384,
        photos: &[photo(Scene::Flowers, 11, TALL, "분홍 하늘 아래 노란 유채밭과 나무 한 그루")],
    },
    Post {
        author: "salma",
        caption: "Paper, water, ox gall, patience. Mostly patience. #marbling #handmade",
        minutes_ago: 38356,
        photos: &[
            photo(Scene::Marble, 7, SQUARE_LARGE, "White and grey marbled ink with thin gold lines"),
            photo(Scene::Marble, 11, SQUARE, "Pink marbled ink with white veins"),
            photo(Scene::Marble, 16, SQUARE, "Emerald and pale green marbled ink with cream veins"),
            photo(Scene::Marble, 14, SQUARE, "Cream marbled ink with gold lines and hints of coral"),
        ],
    },
    Post {
        author: "kwame",
        caption: "The night ferry left without me, so I took pictures of where it had been. #harbour #night",
        minutes_ago: 39320,
        photos: &[photo(Scene::Harbour, 9, WIDE_LARGE, "A dark harbour town at night with lit windows reflected in the water")],
    },
    Post {
        author: "haneul",
        caption: "하얀 꽃 핀 나무 아래서 간식 시간. 사진 속엔 없지만 발밑에 있어요 🐶 #봄산책",
        minutes_ago: 40149,
        photos: &[photo(Scene::Blossom, 2, WIDE_LARGE, "초록 배경 앞에 핀 하얀 꽃가지")],
    },
    Post {
        author: "leo_frost",
        caption: "Everything I own smells of woodsmoke and I'm fine with it. #cabinlife #aurora",
        minutes_ago: 41434,
        photos: &[
            photo(Scene::Aurora, 4, TALL, "Green aurora above a lake, a small lit cabin on the shore"),
            photo(Scene::Aurora, 9, TALL, "Turquoise and violet aurora, a lit cabin at the lake's edge"),
            photo(Scene::Forest, 10, TALL, "Blue fir forest fading into mist"),
        ],
    },
    Post {
        author: "joon",
        caption: "아파트 불빛 세기. 여든까지 세다가 커피 식었어요. #야경 #아파트",
        minutes_ago: 42855,
        photos: &[photo(Scene::Facade, 14, TALL_LARGE, "남색 밤, 아치 창이 늘어선 건물에 켜진 불빛들")],
    },
    Post {
        author: "sunja",
        caption: "귤 한 상자가 왔습니다. 제일 예쁜 셋만 골라 찍고 바로 까먹었어요. #귤 #겨울",
        minutes_ago: 43728,
        photos: &[photo(Scene::Fruit, 16, SQUARE, "어두운 벽 앞 하얀 탁자에 놓인 주황색 귤 세 개")],
    },
    Post {
        author: "mina",
        caption: "야시장 끝나고 혼자 남은 골목. 집에 가기 싫은 밤이었어요. #밤골목",
        minutes_ago: 44836,
        photos: &[photo(Scene::Lanterns, 9, TALL_LARGE, "어두운 골목에 여러 줄로 걸린 붉은 등불")],
    },
    Post {
        author: "noor",
        caption: "First rain in four months. We all stood at the window like it was television. #rain",
        minutes_ago: 45224,
        photos: &[
            photo(Scene::RainWindow, 11, TALL, "Raindrops on glass with soft pale-green and cream lights behind"),
            photo(Scene::RainWindow, 5, TALL, "A misted window with amber lights melting behind the drops"),
        ],
    },
    Post {
        author: "ines",
        caption: "Fields changing the subject. #countryside #summer",
        minutes_ago: 46397,
        photos: &[
            photo(Scene::Flowers, 1, TALL, "Pink and white flower rows under a pale sky with a single tree"),
            photo(Scene::Flowers, 7, TALL, "A wheat-coloured field under a sunset sky with a tree on the horizon"),
            photo(Scene::Flowers, 16, TALL, "A pale golden field with a tree on the horizon"),
        ],
    },
    Post {
        author: "tomas",
        caption: "My grandmother's kitchen floor had these. I asked the owner if I could lie down on it. She said no. #tiles",
        minutes_ago: 47514,
        photos: &[
            photo(Scene::Tiles, 5, SQUARE, "White tiles with dark blue eight-petalled flowers, partly shaded"),
            photo(Scene::Tiles, 16, SQUARE, "Tiles with purple and teal flowers, mostly in cool shade"),
        ],
    },
    Post {
        author: "dalbit",
        caption: "처음으로 혼자 간 캠핑. 무서운 건 밤이 아니라 고라니였어요. #캠핑 #별",
        minutes_ago: 49070,
        photos: &[photo(Scene::MilkyWay, 2, TALL_LARGE, "보랏빛 밤하늘의 은하수와 오른쪽 아래 불 켜진 텐트")],
    },
    Post {
        author: "bada",
        caption: "해 뜨기 직전, 등대도 졸린 색. #새벽바다",
        minutes_ago: 50424,
        photos: &[photo(Scene::Sea, 3, WIDE_LARGE, "분홍빛 새벽 바다와 왼쪽의 등대, 먼 섬")],
    },
    Post {
        author: "ada",
        caption: "Glass. #lake",
        minutes_ago: 51111,
        photos: &[photo(Scene::Lake, 8, WIDE_LARGE, "A snowy mountain and firs mirrored in calm pale-blue water")],
    },
    Post {
        author: "seoyeon",
        caption: "가을 차밭은 색이 한 톤 늦게 와요. 그래서 더 오래 남아 있고요. #차밭 #가을볕",
        minutes_ago: 51933,
        photos: &[
            photo(Scene::Tea, 8, TALL, "주황빛 하늘 아래 황금빛 차밭과 언덕 위 나무"),
            photo(Scene::Tea, 3, TALL, "노을빛 산과 황금색으로 물든 차밭 이랑"),
            photo(Scene::Tea, 12, TALL, "금빛 차밭 언덕 끝의 나무 한 그루"),
        ],
    },
    Post {
        author: "persimmon_house",
        caption: "문 열기 전 오 분. 이 빛 때문에 이 자리를 계약했어요. #가게일기 #아침빛",
        minutes_ago: 53124,
        photos: &[
            photo(Scene::Window, 9, TALL, "겨자색 벽에 비친 아치 창 빛과 잎 그림자, 선반 위 책과 꽃병"),
            photo(Scene::Window, 4, TALL, "벽돌색 벽에 비친 블라인드 사이 빛과 나뭇잎 그림자, 선반의 책과 꽃"),
        ],
    },
    Post {
        author: "kwame",
        caption: "Fog ate the far bank. The two islands stayed for breakfast. #sea #calm",
        minutes_ago: 53489,
        photos: &[photo(Scene::Sea, 12, FILM_LARGE, "A calm green-gold sea with low islands, a small sail and soft clouds")],
    },
    Post {
        author: "haneul",
        caption: "꽃이 지면 이렇게 조용한 색이 남아요. #숲 #안개",
        minutes_ago: 54430,
        photos: &[
            photo(Scene::Forest, 16, TALL, "안개 속으로 옅어지는 초록 전나무 숲"),
            photo(Scene::Forest, 7, NARROW, "연보랏빛 안개 속에 곧게 선 나무 기둥들"),
        ],
    },
    Post {
        author: "leo_frost",
        caption: "Snow report: yes. #winter",
        minutes_ago: 54992,
        photos: &[photo(Scene::Lake, 7, WIDE_LARGE, "A grey winter mountain and firs mirrored in still water")],
    },
    Post {
        author: "salma",
        caption: "Somebody keeps three books and one vase exactly like I do. Found this in a friend's hallway. #interior",
        minutes_ago: 55491,
        photos: &[photo(Scene::Window, 8, TALL, "Blind light on a mustard wall above a shelf with books and a vase")],
    },
    Post {
        author: "mina",
        caption: "첫 글이에요. 잘 부탁드려요! 사진은 오래 찍었는데 올리는 건 처음이라 떨리네요. #첫글 #벚꽃",
        minutes_ago: 55916,
        photos: &[photo(Scene::Blossom, 7, TALL, "하늘색 배경에 연분홍 꽃이 무리 지어 핀 벚나무 가지")],
    },
    Post {
        author: "admin",
        caption: "And we're open. 문 열었습니다! One machine, one small room of the internet, no hurry. Make yourselves at home. #picstargram #첫인사",
        minutes_ago: 57299,
        photos: &[photo(Scene::AboveClouds, 16, WIDE_LARGE, "A mountain top in a wide sea of golden clouds at sunrise")],
    },
];
