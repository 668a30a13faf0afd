//! The server's time. Task times are in simulated seconds (real seconds × speed), dates in wall-clock milliseconds; a
//! manual clock stands still until it is moved, so a test can reach every state of a task without sleeping.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// The manual clock's start time: 2026-11-21 12:00:00 UTC, in milliseconds.
pub const MANUAL_START_MS: i64 = 1_795_262_400_000;

/// A clock that runs on its own, or one that is moved by hand.
#[derive(Debug)]
pub struct Clock {
    kind: Kind,
    speed: f64,
    moved_ms: watch::Sender<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Real,
    Manual,
}

impl Clock {
    /// The machine's clock; tasks run `speed` times faster than it.
    #[must_use]
    pub fn real(speed: f64) -> Self {
        Self { kind: Kind::Real, speed, moved_ms: watch::Sender::new(0) }
    }

    /// A clock that only [`Clock::advance`] moves; one second on it is one simulated second.
    #[must_use]
    pub fn manual() -> Self {
        Self { kind: Kind::Manual, speed: 1.0, moved_ms: watch::Sender::new(0) }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let start = match self.kind {
            Kind::Manual => MANUAL_START_MS,
            Kind::Real => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(MANUAL_START_MS, |past| i64::try_from(past.as_millis()).unwrap_or(i64::MAX)),
        };
        start.saturating_add(*self.moved_ms.borrow())
    }

    /// How many simulated seconds pass per second of this clock.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Moves the clock forward. On a real clock this is a jump in addition to its normal running.
    pub fn advance(&self, by_ms: i64) {
        self.moved_ms.send_modify(|moved| *moved = moved.saturating_add(by_ms));
    }

    /// Simulated seconds between two times.
    #[must_use]
    pub fn simulated_seconds(&self, from_ms: i64, until_ms: i64) -> f64 {
        milliseconds_as_seconds(until_ms.saturating_sub(from_ms)) * self.speed
    }

    /// The time a number of simulated seconds after another.
    #[must_use]
    pub fn after(&self, from_ms: i64, simulated_seconds: f64) -> i64 {
        #[allow(clippy::cast_possible_truncation)] // A task runs for minutes: far from the limits of i64.
        let ms = (simulated_seconds * 1000.0 / self.speed).round() as i64;
        from_ms.saturating_add(ms)
    }

    /// Waits until this clock reaches the given time.
    pub async fn reach(&self, moment_ms: i64) {
        let mut moved = self.moved_ms.subscribe();
        loop {
            let left_ms = moment_ms.saturating_sub(self.now_ms());
            if left_ms <= 0 {
                return;
            }
            match self.kind {
                // The sender is in `self`, so the channel cannot close while this waits.
                Kind::Manual => drop(moved.changed().await),
                Kind::Real => {
                    let left = Duration::from_millis(left_ms.unsigned_abs());
                    tokio::select! {
                        () = tokio::time::sleep(left) => {}
                        _ = moved.changed() => {}
                    }
                }
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // Differences of a few days, in milliseconds: exact in f64.
fn milliseconds_as_seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// Alibaba's timestamp format: `YYYY-MM-DD HH:mm:ss.SSS`, in UTC+8, without saying so.
#[must_use]
pub fn beijing_time(unix_ms: i64) -> String {
    let local_ms = unix_ms + 8 * 3_600_000;
    let (days, ms_of_day) = (local_ms.div_euclid(86_400_000), local_ms.rem_euclid(86_400_000));
    let (year, month, day) = civil_date(days);
    let (seconds, ms) = (ms_of_day / 1000, ms_of_day % 1000);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}.{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Days since 1970-01-01 as year, month, day (the era method: years start in March, so the leap day comes last).
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beijing_time_is_eight_hours_ahead_of_utc() {
        assert_eq!(beijing_time(0), "1970-01-01 08:00:00.000");
        assert_eq!(beijing_time(1_759_126_732_331), "2025-09-29 14:18:52.331");
        assert_eq!(beijing_time(1_709_222_399_999), "2024-02-29 23:59:59.999");
        assert_eq!(beijing_time(MANUAL_START_MS), "2026-11-21 20:00:00.000");
    }

    #[test]
    fn twenty_times_faster_means_twenty_simulated_seconds_in_one() {
        let clock = Clock::real(20.0);
        assert!((clock.simulated_seconds(1000, 2000) - 20.0).abs() < 1e-9);
        assert_eq!(clock.after(1000, 20.0), 2000);
    }
}
