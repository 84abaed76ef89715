//! What they posted before that, the newest first.

use super::{FILM_LARGE, NARROW, Post, SQUARE, SQUARE_LARGE, TALL, TALL_LARGE, WIDE, WIDE_LARGE, photo};
use crate::demo::draw::Scene;

pub const POSTS: &[Post] = &[
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
        author: "dalbit",
        caption: "@noor 봤어요! 여기는 소나무 숲 위로 떴어요. 같은 달을 다른 데서 찍는 거 좋네요. #보름달",
        minutes_ago: 19990,
        photos: &[photo(Scene::Moon, 11, TALL, "분홍빛 저녁 하늘에 뜬 노란 보름달과 전나무 숲 실루엣")],
    },
    Post {
        author: "noor",
        caption: "The moon came up the colour of apricot jam. @dalbit did you see it too? #moonrise",
        minutes_ago: 20958,
        photos: &[
            photo(Scene::Moon, 2, TALL, "An orange moon behind a bare branch in a reddish sky"),
            photo(Scene::Moon, 13, TALL, "A large orange moon in a blue dusk above a row of firs"),
        ],
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
        author: "persimmon_house",
        caption: "@tomas 손목보다 어깨 힘을 빼 보세요! 저도 사백 번쯤에 알았어요. #라테아트",
        minutes_ago: 32387,
        photos: &[photo(Scene::Coffee, 4, SQUARE, "초록 잔의 하트 라테와 펼친 책이 놓인 밝은 돌 탁자")],
    },
    Post {
        author: "tomas",
        caption: "Rosetta number 412. It's getting there. @persimmon_house any advice? #latteart",
        minutes_ago: 33499,
        photos: &[photo(Scene::Coffee, 11, SQUARE, "A dark cup with leaf-shaped latte art on dark wood, biscuits beside it")],
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
