//! What they say about the photos. A post is named by its minutes, a moment by the minutes since the post, and people by their
//! names with spaces between; `👏 ada joon; 😂 bada` is who reacted how.

use super::{Comment, Reply, Talk};

const fn on(post: u32, comments: &'static [Comment]) -> Talk {
    Talk { post, comments }
}

const fn say(author: &'static str, after: u32, text: &'static str, reactions: &'static str, replies: &'static [Reply]) -> Comment {
    Comment { author, after, text, reactions, replies }
}

/// `likes` are the people who like it.
const fn reply(author: &'static str, after: u32, text: &'static str, likes: &'static str) -> Reply {
    Reply { author, after, text, likes }
}

pub const TALKS: &[Talk] = &[
    on(
        4,
        &[
            say(
                "haneul",
                1,
                "두 번째 사진 골목 어디예요? 보리 데리고 꼭 걸어 보고 싶어요.",
                "😍 sunja",
                &[reply("mina", 2, "북촌 끝에서 왼쪽 두 번째 골목이요. 내일까지 불 켜 둔대요!", "haneul sunja")],
            ),
            say("joon", 1, "손 시린 게 사진에는 하나도 안 보여요. 불빛만 따뜻해요.", "👏 haneul; 😍 bada", &[]),
            say("ada", 2, "The second one looks like it hums. How long was the exposure?", "🤔 joon", &[]),
            say("sunja", 3, "소원은 비셨나요? 저는 사진 보고 하나 빌었습니다.", "😍 joon haneul", &[]),
        ],
    ),
    on(
        19,
        &[
            say(
                "leo_frost",
                4,
                "Eleven minutes is a lifetime for water. Which end of the lake?",
                "👏 kwame",
                &[
                    reply("ada", 9, "North end, past the boathouse. Bring the good thermos.", "leo_frost kwame"),
                    reply("leo_frost", 12, "I only own the bad one. Still coming.", "ada"),
                ],
            ),
            say("mina", 7, "다섯 시에 일어난 보람이 있네요. 물이 거울보다 조용해요.", "😍 ada joon; 👏 dalbit", &[]),
        ],
    ),
    on(
        47,
        &[say(
            "ines",
            8,
            "I do like the corner piece. You know me. Is the bakery still closed on Mondays?",
            "😂 kwame",
            &[reply("tomas", 15, "Closed on Mondays, and whenever they feel like it.", "ines kwame")],
        )],
    ),
    on(
        88,
        &[
            say(
                "mina",
                12,
                "이름 제일 긴 잉어는 누구예요?",
                "😂 haneul seoyeon",
                &[reply("sunja", 25, "‘김밥 먹는 공룡’이랍니다. 저는 그냥 공룡이라고 불러요.", "mina haneul seoyeon bada")],
            ),
            say("seoyeon", 31, "물빛이 정말 보라색이네요. 해 질 때 찍으셨어요?", "", &[]),
        ],
    ),
    on(
        131,
        &[
            say("tomas", 14, "That child has the right attitude to balloons.", "😂 ada kwame salma", &[]),
            say(
                "salma",
                40,
                "The chequered one! I want it as a paper pattern.",
                "",
                &[reply("ines", 52, "I have nine more angles of it. Sending them tonight.", "salma")],
            ),
        ],
    ),
    on(
        206,
        &[
            say(
                "ada",
                11,
                "Zero regrets, nine toes?",
                "😂 kwame ines noor",
                &[reply("leo_frost", 30, "Counted twice. All ten present.", "ada ines")],
            ),
            say("dalbit", 45, "이 색을 실제로 보면 무슨 소리가 날 것 같아요.", "🤔 ada; 😍 bada", &[]),
            say("haneul", 80, "보리는 추위를 많이 타서 사진으로만 볼게요 🐕", "😂 sunja", &[]),
        ],
    ),
    on(
        275,
        &[
            say(
                "mina",
                20,
                "다음에 같이 가요. 삼각대 두 개 들고 갈게요.",
                "😍 joon",
                &[reply("joon", 33, "좋아요! 금요일 여섯 시 반, 늘 그 계단에서요.", "mina")],
            ),
            say("kwame", 60, "The river holds still for you and never for me.", "😂 joon ada", &[]),
        ],
    ),
    on(
        352,
        &[
            say("tomas", 22, "Bad coffee is the price of every good window.", "👏 kwame ines", &[]),
            say("joon", 90, "위에서 보면 우산도 다 인사하는 것 같아요.", "", &[]),
        ],
    ),
    on(
        468,
        &[
            say(
                "mina",
                35,
                "창가 자리 아직 비어 있어요?",
                "",
                &[
                    reply("persimmon_house", 41, "두 자리 남았어요! 열한 시까지는 조용할 거예요.", "mina"),
                    reply("mina", 44, "지금 출발합니다. 십 분이요!", "persimmon_house"),
                ],
            ),
            say("tomas", 120, "That leaf is better than mine and you call it practice.", "😂 persimmon_house", &[]),
        ],
    ),
    on(
        590,
        &[
            say("sunja", 40, "보리 사진도 올려 주세요. 낙엽 밟는 모습이 궁금합니다.", "😍 mina persimmon_house", &[]),
            say("mina", 75, "하룻밤 사이에 이렇게까지요? 내일 아침에 바로 가 볼게요.", "👏 haneul", &[]),
        ],
    ),
    on(
        715,
        &[say(
            "dalbit",
            60,
            "삼 분 전이 켜진 다음보다 좋아요.",
            "👏 joon bada",
            &[reply("bada", 100, "켜진 다음도 곧 올릴게요. 그건 또 그것대로 좋아요.", "dalbit mina")],
        )],
    ),
    on(
        871,
        &[
            say(
                "mina",
                90,
                "별똥별 하나 찾았어요. 오른쪽 위 맞죠?",
                "👏 dalbit",
                &[reply("dalbit", 140, "눈 좋으시다! 저는 집에 와서야 봤어요.", "mina bada")],
            ),
            say("noor", 200, "The tent as a lantern. You do this to me every time.", "😍 ada", &[]),
        ],
    ),
    on(
        1151,
        &[
            say(
                "sunja",
                50,
                "차 잘 받겠습니다. 저는 단감을 보낼게요.",
                "😍 haneul mina",
                &[reply("seoyeon", 120, "할머니 단감이면 차 두 통 보내야겠어요!", "sunja mina haneul")],
            ),
            say("mina", 80, "세 번째 초록이 제일 마음에 들어요.", "", &[]),
        ],
    ),
    on(
        1353,
        &[
            say("dalbit", 70, "할머니 말씀이 사진보다 오래 남네요. 깨끗한 쪽이라니.", "👏 ada salma", &[]),
            say("ada", 150, "An hour is generous. Mountains give you four minutes.", "😂 tomas", &[]),
        ],
    ),
    on(
        1810,
        &[
            say("tomas", 60, "The ink is hired. You may stay as well.", "😂 ines noor", &[]),
            say(
                "ada",
                200,
                "Do you rinse the paper or just let it dry?",
                "",
                &[reply("salma", 260, "Rinse, gently, and then walk away. The walking away is the hard part.", "ada ines")],
            ),
        ],
    ),
    on(
        1980,
        &[
            say(
                "seoyeon",
                45,
                "매화는 향이 먼저 오는데 사진에서도 나는 것 같아요.",
                "😍 mina sunja",
                &[reply("mina", 60, "보성 매화도 곧이죠? 피면 알려 주세요.", "seoyeon")],
            ),
            say("sunja", 130, "가지 하나를 오래 보는 게 제일 어렵지요.", "👏 mina haneul bada", &[]),
            say("ada", 420, "Quiet and loud at the same time. Lovely, @mina.", "😍 joon", &[]),
            say("tomas", 1400, "I looked at one branch for a whole coffee. It went cold. Worth it.", "😂 kwame", &[]),
        ],
    ),
    on(
        2396,
        &[
            say("kwame", 90, "A server that behaves is the best neighbour.", "👏 ada leo_frost", &[]),
            say(
                "sunja",
                200,
                "글자를 크게 보고 싶은데 어디를 누르면 되나요?",
                "🤔 haneul",
                &[reply("admin", 230, "브라우저에서 Ctrl과 +를 함께 눌러 보세요. 글자와 사진이 같이 커져요.", "sunja mina")],
            ),
        ],
    ),
    on(
        2730,
        &[
            say("joon", 100, "파란색에 이름이 다섯 개는 필요하겠어요.", "👏 mina ada", &[]),
            say(
                "noor",
                300,
                "The fourth blue is the one I would keep.",
                "",
                &[reply("ada", 420, "That one took three mornings. Good eye.", "noor joon")],
            ),
        ],
    ),
    on(
        2902,
        &[say(
            "ines",
            80,
            "What would you name one?",
            "",
            &[reply("kwame", 140, "\"Umbrella\". So that I finally own one.", "ines tomas joon ada")],
        )],
    ),
    on(
        3328,
        &[
            say("haneul", 60, "먹고 나서라니 솔직하셔서 좋아요.", "😂 mina seoyeon persimmon_house", &[]),
            say("persimmon_house", 180, "저희 가게 감도 이제 다 익었어요. 놀러 오세요!", "😍 sunja", &[]),
        ],
    ),
    on(
        3495,
        &[say(
            "mina",
            55,
            "노래 제목이 궁금해요.",
            "",
            &[reply("joon", 120, "제목 없는 녹음이에요. 친구가 버스에서 만들었대요.", "mina dalbit")],
        )],
    ),
    on(3894, &[say("bada", 240, "단추라는 말이 딱이네요. 저 초록 물도요.", "👏 ines", &[])]),
    on(
        4087,
        &[say(
            "noor",
            90,
            "Lentil, I think. With lemon.",
            "😂 ada; 😍 ines",
            &[reply("leo_frost", 150, "Lentil it is. I asked the chimney.", "noor ada dalbit")],
        )],
    ),
    on(
        4295,
        &[say(
            "mina",
            70,
            "입장료 대신 귤 들고 갈게요.",
            "😂 seoyeon sunja",
            &[reply("seoyeon", 110, "귤이면 평생 회원권 드려요!", "mina sunja")],
        )],
    ),
    on(4710, &[say("salma", 130, "Second row, third from the right: somebody is failing at rice.", "😂 tomas ines kwame", &[])]),
    on(5380, &[say("mina", 200, "다음 달엔 알려 주세요. 저도 기와 아래 서 있을게요.", "😍 dalbit", &[])]),
    on(
        5620,
        &[
            say("joon", 150, "회색 수집가 등록 부탁드려요.", "😂 bada haneul", &[]),
            say("kwame", 400, "The second grey is the one our harbour wears.", "", &[]),
        ],
    ),
    on(5928, &[say("ines", 300, "\"The morning.\" Your nephew will remember that.", "😍 salma ada", &[])]),
    on(
        6503,
        &[say(
            "mina",
            40,
            "불러 주셔서 고마워요! 주말에 바로 다녀올게요.",
            "😍 haneul",
            &[reply("haneul", 90, "장화 꼭 신으세요. 보리가 그러래요.", "mina sunja")],
        )],
    ),
    on(
        7298,
        &[
            say("tomas", 120, "Mine is in a café. It has been there since March.", "😂 ada kwame", &[]),
            say("dalbit", 500, "구름 위에서는 일기 예보가 다르게 들리겠어요.", "", &[]),
        ],
    ),
    on(
        7858,
        &[say(
            "haneul",
            90,
            "목요일 기억할게요. 지난주에 문 앞까지 갔다 왔거든요.",
            "😂 mina",
            &[reply("persimmon_house", 130, "앗, 다음에 오시면 쿠키는 제가 낼게요.", "haneul")],
        )],
    ),
    on(
        8303,
        &[say(
            "noor",
            100,
            "Take the wall with you.",
            "😍 salma tomas",
            &[reply("salma", 150, "I asked. They said the wall comes with the building.", "noor tomas ines")],
        )],
    ),
    on(
        9370,
        &[
            say(
                "haneul",
                30,
                "밤 벚꽃은 처음 봐요. 조명이 있는 길이에요?",
                "",
                &[reply("mina", 55, "네, 열 시까지 켜 줘요. 마지막 십 분이 제일 한산해요.", "haneul dalbit")],
            ),
            say("kwame", 600, "Spring from directly below. I approve of the angle.", "👏 ines joon", &[]),
            say("persimmon_house", 900, "목 풀러 오세요. 따뜻한 차 준비해 둘게요.", "😍 mina", &[]),
        ],
    ),
    on(10165, &[say("mina", 240, "강은 지우지도 않고 다 갖고 있네요.", "👏 joon", &[])]),
    on(
        10560,
        &[say(
            "tomas",
            90,
            "You got off a train for tulips and I have questions about your schedule.",
            "😂 ada salma",
            &[reply("ines", 140, "My schedule has been informed. It did not object.", "tomas ada")],
        )],
    ),
    on(10856, &[say("seoyeon", 120, "같이 보게 해 주셔서 고맙습니다.", "😍 sunja mina", &[])]),
    on(12383, &[say("leo_frost", 200, "Good company, trees. They never check the time.", "👏 dalbit ada", &[])]),
    on(14096, &[say("mina", 150, "하늘 조각이 몇 층인지 세다가 잊어버렸어요.", "😂 seoyeon", &[])]),
    on(15262, &[say("mina", 20, "1등 축하해요, 보리!", "😍 haneul sunja", &[reply("haneul", 45, "보리가 꼬리로 대답했어요.", "mina")])]),
    on(15527, &[say("tomas", 60, "Nobody ever wrote a good e-mail anyway.", "👏 salma; 😂 ines", &[])]),
    on(
        15794,
        &[say(
            "joon",
            90,
            "세 시부터면 개근상 드려야죠.",
            "😂 haneul bada",
            &[reply("mina", 130, "김밥 두 줄이 상이었어요.", "joon haneul")],
        )],
    ),
    on(
        18091,
        &[say(
            "persimmon_house",
            200,
            "무너지기 전에 하나 사러 가도 될까요?",
            "😂 sunja",
            &[reply("sunja", 260, "오세요. 제일 아래 것만 빼고 드릴게요.", "persimmon_house haneul")],
        )],
    ),
    on(19482, &[say("mina", 100, "골목 입구부터 향이 나더라고요.", "😍 persimmon_house", &[])]),
    on(
        28802,
        &[say(
            "seoyeon",
            60,
            "비밀이에요. 그런데 하나는 이루어졌어요.",
            "😍 mina",
            &[reply("mina", 90, "그럼 남은 하나도 곧이네요.", "seoyeon")],
        )],
    ),
    on(
        33499,
        &[say(
            "persimmon_house",
            30,
            "잔을 조금 더 기울여 보세요. 사진으로 답해 드릴게요!",
            "👏 tomas",
            &[reply("tomas", 80, "Tilting. Spilling. Improving.", "persimmon_house salma")],
        )],
    ),
    on(
        49070,
        &[say(
            "bada",
            200,
            "고라니 소리, 처음 들으면 정말 무섭죠.",
            "😂 dalbit joon",
            &[reply("dalbit", 260, "새벽 두 시에 텐트 바로 옆이었어요.", "bada joon")],
        )],
    ),
    on(
        55916,
        &[
            say(
                "admin",
                15,
                "반가워요! 첫 글을 여기서 봐서 기뻐요.",
                "😍 mina",
                &[reply("mina", 40, "고맙습니다. 자주 올게요!", "admin joon")],
            ),
            say("joon", 120, "떨린 사진이 아닌데요? 환영해요.", "👏 mina", &[]),
        ],
    ),
    on(57299, &[say("ada", 30, "Made myself at home. Found the good chair.", "😂 admin; 😍 sunja", &[])]),
];
