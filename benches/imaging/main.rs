//! The picture pipeline beside others that do the same work: one upload to a 500 × 500 thumbnail and WebP 1920, 1024 and 512
//! wide, quality 80, method 4. Turn by turn in one run, medians, every contender warm and in its own process; what comes out
//! is compared with the best that could be made (see `quality.rs`). Peak memory is of a process that does one picture.
//!
//!     bin/bench imaging
//!
//! `BENCH_ROUNDS` (9) says how many turns everyone gets; `BENCH_INPUT` and `BENCH_ONLY` choose pictures and contenders by a part
//! of their names.

mod inputs;
mod quality;
mod worker;

use quality::Source;
use std::path::{Path, PathBuf};
use std::process::Command;
use worker::{Answer, SIDE, Task, Worker};

const MEMORY_RUNS: usize = 3;
/// Everyone's name, what runs it, and in which way. sharp works on one picture with one thread of libvips on most Linux
/// systems; "all cores" gives it as many as there are.
const CONTENDERS: [Contender; 8] = [
    Contender { name: "picstargram", program: Program::Own, way: "pipeline", all_cores: false },
    Contender { name: "sharp, clone()", program: Program::Node, way: "clone", all_cores: false },
    Contender { name: "sharp, cascade", program: Program::Node, way: "cascade", all_cores: false },
    Contender { name: "sharp, cascade, all cores", program: Program::Node, way: "cascade", all_cores: true },
    Contender { name: "sharp, thumbnail only", program: Program::Node, way: "thumbnail", all_cores: false },
    Contender { name: "Pillow, draft mode", program: Program::Python, way: "pillow", all_cores: false },
    Contender { name: "pyvips, cascade", program: Program::Python, way: "vips", all_cores: false },
    Contender { name: "floor (decode, encode)", program: Program::Own, way: "floor", all_cores: false },
];

#[derive(Clone, Copy)]
enum Program {
    Own,
    Node,
    Python,
}

#[derive(Clone, Copy)]
struct Contender {
    name: &'static str,
    program: Program,
    way: &'static str,
    all_cores: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, way, ..] = arguments.as_slice()
        && first == "worker"
    {
        return worker::run(way);
    }
    let folder = PathBuf::from(std::env::var("BENCH_FOLDER").expect("bin/bench imaging says where the peers are"));
    let rounds: usize = std::env::var("BENCH_ROUNDS").ok().and_then(|value| value.parse().ok()).unwrap_or(9);
    let only = std::env::var("BENCH_ONLY").unwrap_or_default();
    // Ours comes first: the others are compared with it.
    let contenders: Vec<Contender> =
        CONTENDERS.into_iter().enumerate().filter(|(n, contender)| *n == 0 || contender.name.contains(&only)).map(|(_, one)| one).collect();
    let mut workers: Vec<Worker> = contenders.iter().map(|contender| contender.start(&folder)).collect();
    for (contender, worker) in contenders.iter().zip(&workers) {
        println!("{}: {}", contender.name, worker.version);
    }
    let inputs = inputs::prepare(&folder);
    let input_only = std::env::var("BENCH_INPUT").unwrap_or_default();
    for input in inputs.iter().filter(|input| input.name.contains(&input_only)) {
        let file = std::fs::read(&input.path).expect("just made");
        let source = Source::read(&file);
        let (width, height) = source.sides();
        let task = |output: Option<PathBuf>| Task { input: input.path.clone(), output, side: SIDE, sizes: worker::sizes(width, height) };
        println!("\n### {} ({width} × {height}, {:.1} MB)\n", input.name, file.len() as f64 / 1e6);
        let outputs: Vec<PathBuf> = (0..contenders.len()).map(|n| folder.join(format!("output-{n}"))).collect();
        for (worker, output) in workers.iter_mut().zip(&outputs) {
            let _ = std::fs::remove_dir_all(output);
            std::fs::create_dir_all(output).expect("the folder can be written");
            worker.perform(&task(Some(output.clone())));
            worker.perform(&task(None));
        }
        let mut answers: Vec<Vec<Answer>> = vec![Vec::new(); workers.len()];
        for round in 0..rounds {
            for n in 0..workers.len() {
                let n = (n + round) % workers.len();
                answers[n].push(workers[n].perform(&task(None)));
            }
        }
        let memory: Vec<(f64, f64)> = contenders
            .iter()
            .map(|contender| {
                let runs = (0..MEMORY_RUNS).map(|_| {
                    let mut worker = contender.start(&folder);
                    let peak = worker.perform(&task(None)).peak;
                    (peak / 1024.0, (peak - worker.baseline) / 1024.0)
                });
                let (peaks, above): (Vec<f64>, Vec<f64>) = runs.unzip();
                (median(peaks), median(above))
            })
            .collect();
        table(&contenders, &answers, &memory);
        println!();
        judge(&contenders, &outputs, &source);
    }
}

impl Contender {
    fn start(&self, folder: &Path) -> Worker {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/imaging");
        let mut command = match self.program {
            Program::Own => Command::new(std::env::current_exe().expect("this program")),
            Program::Node => Command::new("node"),
            Program::Python => Command::new(folder.join("python/bin/python")),
        };
        match self.program {
            Program::Own => command.arg("worker"),
            Program::Node => command.arg(scripts.join("sharp.mjs")),
            Program::Python => command.arg(scripts.join("peers.py")),
        };
        command.arg(self.way).current_dir(folder);
        if self.all_cores {
            command.arg(std::thread::available_parallelism().map_or(2, usize::from).to_string());
        }
        Worker::start(&mut command)
    }
}

/// Numbers, and how many times ours they are.
fn table(contenders: &[Contender], answers: &[Vec<Answer>], memory: &[(f64, f64)]) {
    let of = |n: usize, value: fn(&Answer) -> f64| median(answers[n].iter().map(value).collect());
    println!("| | wall ms | ÷ ours | CPU ms | ÷ ours | thumbnail ms | ÷ ours | peak MB | ÷ ours | above start MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (n, contender) in contenders.iter().enumerate() {
        let values: [fn(&Answer) -> f64; 3] = [|answer| answer.wall, |answer| answer.cpu, |answer| answer.first];
        let cells: Vec<String> = values
            .into_iter()
            .map(|value| (of(n, value), of(n, value) / of(0, value)))
            .chain([(memory[n].0, memory[n].0 / memory[0].0)])
            .map(|(value, ratio)| if value > 0.0 { format!("{value:.0} | {ratio:.2}") } else { "– | –".to_owned() })
            .collect();
        println!("| {} | {} | {:.0} |", contender.name, cells.join(" | "), memory[n].1);
    }
}

/// Bytes and likeness of what everyone made, size by size, widest last.
fn judge(contenders: &[Contender], outputs: &[PathBuf], source: &Source) {
    let (width, height) = source.sides();
    let side = SIDE.min(width).min(height);
    let sizes: Vec<(u32, u32)> = [(side, side)].into_iter().chain(worker::sizes(width, height)).collect();
    let perfect: Vec<_> = sizes.iter().map(|&(width, height)| source.resized(width, height)).collect();
    println!("| | {} |", sizes.iter().map(|(width, height)| format!("{width} × {height}: KB, SSIM")).collect::<Vec<_>>().join(" | "));
    println!("| --- |{}", " ---: |".repeat(sizes.len()));
    for (contender, output) in contenders.iter().zip(outputs) {
        if contender.way == "floor" {
            continue;
        }
        let cells: Vec<String> = perfect
            .iter()
            .enumerate()
            .map(|(n, perfect)| match std::fs::read(output.join(format!("{n}.webp"))) {
                Ok(file) => format!("{:.1}, {:.4}", file.len() as f64 / 1e3, quality::ssim(perfect, &quality::webp(&file))),
                Err(_) => "–".to_owned(),
            })
            .collect();
        println!("| {} | {} |", contender.name, cells.join(" | "));
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
