//! What they posted lately, the newest first: the first pages one sees.

use super::{FILM_LARGE, NARROW, Post, SQUARE, SQUARE_LARGE, TALL, TALL_LARGE, WIDE, WIDE_LARGE, photo};
use crate::demo::draw::Scene;

pub const POSTS: &[Post] = &[
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
];
