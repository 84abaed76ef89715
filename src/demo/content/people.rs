//! The people of the demo.

use super::Person;

const fn person(username: &'static str, email: &'static str, face_seed: u64, description: &'static str) -> Person {
    Person { username, email, description, face_seed: Some(face_seed) }
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
    Person {
        username: "lucky_coupon",
        email: "coupon@example.org",
        description: "Best prices today only. Follow for follow. 선착순 할인 쿠폰 드려요.",
        face_seed: None,
    },
];
