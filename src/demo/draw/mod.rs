//! Pictures drawn from a seed: the demo's photographs and faces.
//!
//! Everything is computed, so there is no photograph, no person and no licence to mind, and the same seed gives the
//! same picture (to a level or so: sines come from the machine's own library). Colours are floats until the end; see [`canvas`] for the film they are printed on.

mod blossom;
mod canvas;
mod creatures;
mod facade;
mod face;
mod fields;
mod hair;
mod lake;
mod lamps;
mod leaves;
mod noise;
mod peaks;
mod pond;
mod sea;
mod shape;
mod shores;
mod sky;
mod starry;
mod still;
mod street;
mod table;
mod town;
mod trees;
mod wilds;
mod window;
mod winter;

use canvas::{Canvas, FILM};
use noise::Rng;

pub use face::face;

/// What a picture shows. The seed decides on season, weather, light and composition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    Peaks,
    Balloons,
    AboveClouds,
    Aurora,
    MilkyWay,
    Moon,
    Sea,
    Lake,
    Harbour,
    Shore,
    CityRiver,
    Fireworks,
    RainWindow,
    Lanterns,
    Dunes,
    Forest,
    Snow,
    Tea,
    Paddies,
    Flowers,
    Blossom,
    Leaves,
    Pond,
    Facade,
    Umbrellas,
    Tiles,
    Window,
    Coffee,
    Fruit,
    Marble,
}

/// Draws a scene as RGB8 rows.
pub fn draw(scene: Scene, seed: u64, width: u32, height: u32) -> Vec<u8> {
    let mut rng = Rng::new(seed ^ (scene as u64 + 1) << 40);
    let mut c = Canvas::new(width.max(16) as usize, height.max(16) as usize);
    let paint: fn(&mut Canvas, &mut Rng) = match scene {
        Scene::Peaks => peaks::peaks,
        Scene::Balloons => peaks::balloons,
        Scene::AboveClouds => peaks::above_clouds,
        Scene::Aurora => starry::aurora,
        Scene::MilkyWay => starry::milky_way,
        Scene::Moon => starry::moon,
        Scene::Sea => sea::sea,
        Scene::Lake => lake::lake,
        Scene::Harbour => shores::harbour,
        Scene::Shore => shores::shore,
        Scene::CityRiver => town::city_river,
        Scene::Fireworks => town::fireworks,
        Scene::RainWindow => lamps::rain_window,
        Scene::Lanterns => lamps::lanterns,
        Scene::Dunes => wilds::dunes,
        Scene::Forest => wilds::forest,
        Scene::Snow => winter::snow,
        Scene::Tea => fields::tea,
        Scene::Paddies => fields::paddies,
        Scene::Flowers => fields::flowers,
        Scene::Blossom => blossom::blossom,
        Scene::Leaves => leaves::leaves,
        Scene::Pond => pond::pond,
        Scene::Facade => facade::facade,
        Scene::Umbrellas => street::umbrellas,
        Scene::Tiles => street::tiles,
        Scene::Window => window::window,
        Scene::Coffee => table::coffee,
        Scene::Fruit => still::fruit,
        Scene::Marble => still::marble,
    };
    paint(&mut c, &mut rng);
    c.finish(seed, &FILM)
}
