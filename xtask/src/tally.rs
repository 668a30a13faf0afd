//! Counts of passed and failed tests, parsed from the output of each test runner.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, and parts that could not run.
    pub failed: usize,
    /// Names of those that passed only on a retry. They count as passed.
    pub flaky: Vec<String>,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.flaky.extend(other.flaky);
    }
}

impl Tally {
    /// A runner that exited with an error has failed at least once, whatever it counted.
    pub fn judged(self, success: bool) -> Self {
        Self { failed: if success { self.failed } else { self.failed.max(1) }, ..self }
    }

    /// All lines `test result: ok. 5 passed; 1 failed; ...` of `cargo test`.
    pub fn of_cargo(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter(|line| line.starts_with("test result:")) {
            tally.passed += number_before(line, " passed").unwrap_or(0);
            tally.failed += number_before(line, " failed").unwrap_or(0);
        }
        tally
    }

    /// `Ran 7 tests in 1.2s` and `FAILED (failures=1, errors=2, skipped=1)` of Python's unittest.
    pub fn of_unittest(output: &str) -> Self {
        let Some(ran) = output.lines().rev().find_map(|line| number_before(line.strip_prefix("Ran ")?, " test")) else {
            return Self::failure();
        };
        let verdict =
            output.lines().rev().find(|line| line.starts_with("FAILED") || line.starts_with("OK")).unwrap_or("");
        let of = |name: &str| number_after(verdict, name).unwrap_or(0);
        let failed = number_after(verdict, "(failures=").or_else(|| number_after(verdict, " failures=")).unwrap_or(0)
            + of("errors=")
            + of("unexpected successes=");
        Self::of(ran.saturating_sub(failed + of("skipped=") + of("expected failures=")), failed)
    }

    /// `# pass 14` and `# fail 1` of node's test runner, at the end of its TAP output.
    pub fn of_node(output: &str) -> Self {
        let of = |name: &str| output.lines().rev().find_map(|line| number_after(line.strip_prefix("# ")?, name));
        match (of("pass "), of("fail ")) {
            (Some(passed), Some(failed)) => Self::of(passed, failed),
            _ => Self::failure(),
        }
    }

    /// The `stats` of Playwright's JSON report, and the titles of the tests it calls flaky. It retries nothing unless
    /// `CI` is set.
    pub fn of_playwright(report: &str) -> Self {
        let Some((suites, stats)) = report.rsplit_once("\"stats\"") else { return Self::failure() };
        let of = |name: &str| number_after(stats, &format!("\"{name}\":")).unwrap_or(0);
        let flaky = suites.match_indices("\"status\": \"flaky\"").filter_map(|(at, _)| title_before(&suites[..at]));
        Self { passed: of("expected") + of("flaky"), failed: of("unexpected"), flaky: flaky.collect() }
    }

    /// Counts without anything flaky.
    pub fn of(passed: usize, failed: usize) -> Self {
        Self { passed, failed, flaky: Vec::new() }
    }

    /// A part that could not be counted.
    pub fn failure() -> Self {
        Self::of(0, 1)
    }
}

/// The title of the test whose report continues here: the last one that was opened.
fn title_before(report: &str) -> Option<String> {
    let (_, rest) = report.rsplit_once("\"title\": \"")?;
    rest.lines().next()?.trim_end_matches(',').strip_suffix('"').map(str::to_owned)
}

fn number_before(text: &str, mark: &str) -> Option<usize> {
    let (before, _) = text.split_once(mark)?;
    before.rsplit(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn number_after(text: &str, mark: &str) -> Option<usize> {
    let (_, after) = text.split_once(mark)?;
    after.trim_start().split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_of_several_binaries_are_summed() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: FAILED. 5 passed; 3 failed; 1 ignored\n";
        assert_eq!(Tally::of_cargo(output), Tally::of(7, 3));
    }

    #[test]
    fn unittest_counts_what_it_ran_less_what_went_wrong() {
        for (output, passed, failed) in [
            ("Ran 7 tests in 1.2s\n\nOK\n", 7, 0),
            ("Ran 1 test in 0.1s\n\nOK (skipped=1)\n", 0, 0),
            ("Ran 9 tests in 2s\n\nFAILED (failures=1, errors=2, skipped=1)\n", 5, 3),
            ("Ran 4 tests in 2s\n\nFAILED (errors=4)\n", 0, 4),
            ("Ran 4 tests in 2s\n\nFAILED (failures=1, expected failures=1)\n", 2, 1),
            ("Traceback (most recent call last)", 0, 1),
        ] {
            assert_eq!(Tally::of_unittest(output), Tally::of(passed, failed), "{output}");
        }
    }

    #[test]
    fn node_counts_at_the_end() {
        assert_eq!(Tally::of_node("ok 1 - a\n1..3\n# tests 3\n# pass 2\n# fail 1\n"), Tally::of(2, 1));
        assert_eq!(Tally::of_node("SyntaxError"), Tally::failure());
    }

    #[test]
    fn playwright_counts_stand_in_its_stats() {
        let report = "{\"suites\": [{\n \"title\": \"form.spec.mjs\",\n \"specs\": [{\n \"title\": \"a link \\\"opens\\\"\",\n \
                      \"tests\": [{\n \"status\": \"flaky\"\n}]}]}],\n \"stats\": {\n \"duration\": 12.5,\n \"expected\": 4,\n \"skipped\": 1,\n \
                      \"unexpected\": 2,\n \"flaky\": 3\n }\n}";
        let flaky = vec![r#"a link \"opens\""#.to_owned()];
        assert_eq!(Tally::of_playwright(report), Tally { passed: 7, failed: 2, flaky });
        assert_eq!(Tally::of_playwright(""), Tally::failure());
    }

    #[test]
    fn a_crash_is_a_failure() {
        assert_eq!(Tally::of(3, 0).judged(false), Tally::of(3, 1));
        assert_eq!(Tally::of(3, 2).judged(false), Tally::of(3, 2));
        assert_eq!(Tally::default().judged(true), Tally::default());
    }
}
