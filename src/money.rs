//! Money in integers, never floats.

/// An amount of one currency in millionths, so that sums of catalog prices are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    micros: i64,
}

impl Money {
    /// Reads a plain decimal such as `0.366961`: at most six places, no sign, no exponent.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || part.len() > 6 || !digits(whole) || !digits(part) {
            return None;
        }
        let mut micros: i64 = whole.parse().ok()?;
        for place in 0..6 {
            micros = micros * 10 + part.as_bytes().get(place).map_or(0, |b| i64::from(b - b'0'));
        }
        Some(Self { micros })
    }

    /// The amount in millionths.
    pub fn micros(self) -> i64 {
        self.micros
    }

    /// An amount in millionths.
    pub fn of_micros(micros: i64) -> Self {
        Self { micros }
    }

    /// This price per second times a length. Rounds half up at the sixth decimal; absurdly large results saturate at
    /// the maximum amount.
    #[must_use]
    pub fn times_ms(self, milliseconds: u64) -> Self {
        let product = i64::try_from(milliseconds).ok().and_then(|ms| self.micros.checked_mul(ms));
        Self { micros: product.map_or(i64::MAX, |product| (product + 500) / 1000) }
    }

    /// How long this amount lasts at a price per second, in milliseconds.
    pub fn over(self, per_second: Self) -> u64 {
        let ms = i128::from(self.micros) * 1000 / i128::from(per_second.micros.max(1));
        u64::try_from(ms).unwrap_or(0)
    }

    /// Decimal digits: at least two decimals, more only if they are not zero.
    pub fn decimal(self) -> String {
        let mut part = (self.micros % 1_000_000 + 1_000_000).to_string().split_off(1);
        while part.len() > 2 && part.ends_with('0') {
            part.pop();
        }
        let mut text = (self.micros / 1_000_000).to_string();
        text.push('.');
        text.push_str(&part);
        text
    }

    /// The amount as people pay it: to the hundredth, rounded half up. An amount that would round to zero stays
    /// unrounded.
    #[must_use]
    pub const fn rounded(self) -> Self {
        let hundredths = self.micros.saturating_add(5_000) / 10_000;
        if hundredths == 0 { self } else { Self { micros: hundredths.saturating_mul(10_000) } }
    }

    /// With its currency sign: `¥3.00`, `$0.10`, `EUR 1.00`.
    pub fn with_sign(self, currency: &str) -> String {
        let sign = match currency {
            "CNY" => "¥",
            "USD" => "$",
            other => return [other, " ", &self.decimal()].concat(),
        };
        [sign, &self.decimal()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_to_the_sixth_place() {
        let price = Money::parse("0.366961").expect("a decimal");
        assert_eq!(price.times_ms(5000).decimal(), "1.834805");
        assert_eq!(price.times_ms(5000).over(price), 5000);
        assert_eq!(Money::parse("0.60").expect("a decimal").times_ms(5000).with_sign("CNY"), "¥3.00");
        assert_eq!(Money::parse("0.5").expect("a decimal").times_ms(10_230).decimal(), "5.115");
    }

    #[test]
    fn a_sum_is_told_in_hundredths() {
        let told = |text: &str| Money::parse(text).expect("a decimal").rounded().decimal();
        let told: Vec<String> =
            ["5.115", "5.114999", "5.504425", "3.66962", "0.995", "12", "0.004", "0"].map(told).into();
        assert_eq!(told, ["5.12", "5.11", "5.50", "3.67", "1.00", "12.00", "0.004", "0.00"]);
        assert!(Money::of_micros(i64::MAX).rounded() <= Money::of_micros(i64::MAX));
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", ".5", "-1", "1e3", "0.1234567", "1,0", "９"] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }
}
