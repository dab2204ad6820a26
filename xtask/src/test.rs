//! `cargo xtask test`: everything, and a table of what it came to. Nothing is skipped: what cannot run has failed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::postgres::Postgres;
use crate::server::{self, Profile, Server};
use crate::{Outcome, browser, cargo, frontend, machine, postgres, process, typescript};

/// Runs every check there is.
pub fn test() -> Outcome {
    let report = Report::new()?;
    let mut postgres = None;
    let mut chromium = None;
    let is_equipped = report.step("machine", |_| {
        machine::check_node()?;
        postgres = Some(postgres::find()?);
        chromium = Some(browser::find()?);
        machine::find_paper_tools()?;
        machine::find_vulkan()?;
        Ok(())
    });
    if let (true, Some(postgres), Some(chromium)) = (is_equipped, postgres, chromium) {
        everything(&report, &postgres, &chromium);
    }
    report.finish()
}

fn everything(report: &Report, postgres: &Path, chromium: &Path) {
    // Two lanes side by side: the pages wait for the network and one core, cargo takes the rest.
    let (program, pages) = thread::scope(|scope| {
        let pages = scope.spawn(|| pages(report));
        let program = program(report);
        (program, pages.join().unwrap_or(false))
    });
    if !program {
        return report
            .leave_out(&["rust tests", "browser, SQLite", "browser, PostgreSQL"], "the program does not build");
    }

    let mut cluster = None;
    let has_cluster = report.step("PostgreSQL", |log| {
        cluster = Some(Postgres::start(postgres, log)?);
        Ok(())
    });
    let Some(cluster) = cluster.filter(|_| has_cluster) else {
        return report.leave_out(&["rust tests", "browser, SQLite", "browser, PostgreSQL"], "there is no PostgreSQL");
    };
    report.step("rust tests", |log| {
        let mut tests = cargo();
        tests.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
        server::without_settings(&mut tests).env("BUURTSIGNAAL_TEST_POSTGRES", cluster.url("postgres"));
        tests.env("BUURTSIGNAAL_RENDER", server::render(Profile::Dev)?);
        process::run_into(&mut tests, log)?;
        nothing_skipped(log)
    });

    if !pages {
        return report.leave_out(&["browser, SQLite", "browser, PostgreSQL"], "the pages do not build");
    }
    report.step("browser, SQLite", |log| play(chromium, None, &[], log));
    report.step("browser, PostgreSQL", |log| {
        play(chromium, Some(&cluster.create("browser")?), &["--grep", "@story"], log)
    });
}

/// The Rust lane: style, lints, the program and its tests built, the documentation.
fn program(report: &Report) -> bool {
    report.step("rust format", |log| process::run_into(cargo().args(["fmt", "--all", "--check"]), log));
    report.step("rust lints", |log| {
        let words = ["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"];
        process::run_into(cargo().args(words), log)
    });
    let builds = report.step("rust build", |log| {
        process::run_into(&mut server::build(Profile::Dev), log)?;
        process::run_into(cargo().args(["test", "--workspace", "--locked", "--no-run"]), log)
    });
    report.step("render build", |log| process::run_into(&mut server::build_render(Profile::Dev)?, log));
    report.step("rust documentation", |log| {
        let mut doc = cargo();
        doc.args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "--deny warnings");
        process::run_into(&mut doc, log)
    });
    if builds {
        report.step("types", |_| typescript::check());
    }
    builds
}

/// The lane of the pages: packages, types, rules, build. Says whether there are pages to look at.
fn pages(report: &Report) -> bool {
    let installed = report.step("page packages", |log| do_work(&frontend::Work::packages()?, log));
    if !installed {
        report.leave_out(&["page lints", "page tests", "page build"], "their packages are not installed");
        return false;
    }
    report.step("page lints", |log| process::run_into(&mut frontend::script("check"), log));
    report.step("page tests", |log| {
        process::run_into(&mut frontend::script("test"), log)?;
        nothing_skipped(log)
    });
    report.step("page build", |log| do_work(&frontend::Work::pages()?, log))
}

fn do_work(work: &frontend::Work, log: &Path) -> Outcome {
    if !work.is_done() {
        process::run_into(&mut work.command(), log)?;
        work.remember()?;
    }
    Ok(())
}

/// Plays the browser tests against a server of their own.
fn play(chromium: &Path, database_url: Option<&str>, words: &[&str], log: &Path) -> Outcome {
    let server = Server::start(&server::program(Profile::Dev)?, database_url, &log.with_extension("server.log"))?;
    let mut playwright = browser::playwright(chromium, &server, "playwright.config.ts");
    playwright.args(["--reporter=list", "--retries=0"]).args(words);
    process::run_into(&mut playwright, log)?;
    nothing_skipped(log)
}

/// Fails when a runner's summary counts tests that were left out, or none that ran.
fn nothing_skipped(log: &Path) -> Outcome {
    let text = fs::read_to_string(log)?;
    if let Some(line) = text.lines().find(|line| counts_left_out(line)) {
        return Err(format!("tests were left out: {}", line.trim()).into());
    }
    let ran = text.lines().any(|line| count_before(line, "passed") > 0);
    if ran { Ok(()) } else { Err("not one test ran".into()) }
}

/// Whether a line of a summary counts tests that did not run; the name of a test is no summary.
fn counts_left_out(line: &str) -> bool {
    let line = line.trim_start();
    let of_cargo = line.starts_with("test result:") && count_before(line, "ignored") > 0;
    let of_vitest = line.starts_with("Tests ") || line.starts_with("Test Files ");
    let of_playwright = line.starts_with(|c: char| c.is_ascii_digit());
    let counted = ["skipped", "todo", "flaky", "did not run"].into_iter().any(|word| {
        if of_playwright {
            line.split_once(' ').is_some_and(|(n, rest)| n.parse::<u32>().is_ok() && rest.starts_with(word))
        } else {
            count_before(line, word) > 0
        }
    });
    of_cargo || ((of_vitest || of_playwright) && counted)
}

/// The number that stands right before a word, or 0.
fn count_before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line.split([' ', ';', '|', '(', ')']).filter(|part| !part.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// What was done, how it went and how long it took.
struct Report {
    logs: PathBuf,
    started: Instant,
    steps: Mutex<Vec<Step>>,
}

struct Step {
    name: &'static str,
    took: Duration,
    outcome: Result<(), String>,
}

impl Report {
    fn new() -> Outcome<Self> {
        let logs = server::target()?.join("xtask-logs");
        if logs.exists() {
            fs::remove_dir_all(&logs)?;
        }
        fs::create_dir_all(&logs)?;
        Ok(Self { logs, started: Instant::now(), steps: Mutex::default() })
    }

    /// Does one step with a log of its own, says how it went, and shows the log's end when it failed.
    fn step(&self, name: &'static str, work: impl FnOnce(&Path) -> Outcome) -> bool {
        let log = self.logs.join(format!("{}.log", name.replace(", ", "-").replace(' ', "-")));
        let start = Instant::now();
        let outcome = work(&log).map_err(|error| error.to_string());
        let step = Step { name, took: start.elapsed(), outcome };
        let passed = step.outcome.is_ok();
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{step}");
        if !passed {
            show_end(&log);
            show_end(&log.with_extension("server.log"));
        }
        steps.push(step);
        passed
    }

    /// Notes steps that could not be done; each counts as failed.
    fn leave_out(&self, names: &[&'static str], why: &str) {
        for name in names {
            self.step(name, |_| Err(format!("not run: {why}").into()));
        }
    }

    fn finish(self) -> Outcome {
        let steps = self.steps.into_inner().unwrap_or_else(PoisonError::into_inner);
        println!("\n{}", "─".repeat(44));
        for step in &steps {
            println!("{step}");
        }
        println!("{}\n  {:<32}{:>8.1} s", "─".repeat(44), "altogether", self.started.elapsed().as_secs_f64());
        let failed: Vec<_> = steps.iter().filter(|step| step.outcome.is_err()).map(|step| step.name).collect();
        if failed.is_empty() {
            println!("  everything holds");
            return Ok(());
        }
        Err(format!("failed: {}\n(logs are in {})", failed.join("; "), self.logs.display()).into())
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = if self.outcome.is_ok() { '✓' } else { '✗' };
        write!(f, "{mark} {:<32}{:>8.1} s", self.name, self.took.as_secs_f64())?;
        match &self.outcome {
            Ok(()) => Ok(()),
            Err(reason) => write!(f, "\n  {reason}"),
        }
    }
}

/// Prints the end of a log, where the reason of a failure stands.
fn show_end(log: &Path) {
    let Ok(text) = fs::read(log) else { return };
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    println!("  ┌ {}", log.display());
    for line in &lines[lines.len().saturating_sub(300)..] {
        println!("  │ {line}");
    }
    println!("  └");
}

#[cfg(test)]
mod tests {
    use super::{count_before, counts_left_out};

    #[test]
    fn summaries_that_leave_tests_out_are_found() {
        for line in [
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out",
            "      Tests  41 passed | 2 skipped (43)",
            "  1 skipped",
            "  2 flaky",
            "  4 did not run",
        ] {
            assert!(counts_left_out(line), "{line}");
        }
    }

    #[test]
    fn summaries_that_are_whole_and_names_of_tests_pass() {
        for line in [
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out",
            "      Tests  41 passed (41)",
            "  9 passed (12.1s)",
            "test pins::a_question_can_be_skipped ... ok",
            "  ✓  1 tablet.spec.ts:3:1 › 2 skipped questions stay empty (1.1s)",
        ] {
            assert!(!counts_left_out(line), "{line}");
        }
        assert_eq!(count_before("test result: ok. 12 passed; 0 failed", "passed"), 12);
        assert_eq!(count_before("  9 passed (12.1s)", "passed"), 9);
    }
}
