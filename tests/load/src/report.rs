//! Figures with their targets, and how they are printed.

use std::borrow::Cow;

/// One figure of a run.
#[derive(Clone, Debug)]
pub struct Figure {
    pub name: Cow<'static, str>,
    pub value: f64,
    pub unit: &'static str,
    pub target: Target,
}

/// What a figure must reach.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Printed, not judged.
    Reported,
}

impl Figure {
    pub fn at_least(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str, target: f64) -> Self {
        Self { name: name.into(), value, unit, target: Target::AtLeast(target) }
    }

    pub fn at_most(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str, target: f64) -> Self {
        Self { name: name.into(), value, unit, target: Target::AtMost(target) }
    }

    pub fn reported(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, target: Target::Reported }
    }

    pub fn is_missed(&self) -> bool {
        match self.target {
            Target::AtLeast(target) => self.value < target,
            Target::AtMost(target) => self.value > target,
            Target::Reported => false,
        }
    }

    fn verdict(&self) -> &'static str {
        match self.target {
            Target::Reported => "",
            _ if self.is_missed() => "**missed**",
            _ => "met",
        }
    }

    fn target_text(&self) -> String {
        match self.target {
            Target::AtLeast(target) => format!("≥ {target}"),
            Target::AtMost(target) => format!("≤ {target}"),
            Target::Reported => "–".to_owned(),
        }
    }
}

pub fn print_head() {
    println!("| work | figure | median | unit | target | |\n|---|---|---|---|---|---|");
}

/// Prints the figures of one scenario; how many of them miss their target.
pub fn print(scenario: &str, figures: &[Figure]) -> usize {
    for figure in figures {
        println!(
            "| {scenario} | {} | {:.2} | {} | {} | {} |",
            figure.name,
            figure.value,
            figure.unit,
            figure.target_text(),
            figure.verdict()
        );
    }
    figures.iter().filter(|figure| figure.is_missed()).count()
}

/// The median of each figure over `runs`; every run has the same figures in the same order.
pub fn median(runs: Vec<Vec<Figure>>) -> Vec<Figure> {
    let Some(first) = runs.first() else { return Vec::new() };
    first
        .iter()
        .enumerate()
        .map(|(index, figure)| {
            let mut values: Vec<f64> = runs.iter().map(|run| run[index].value).collect();
            values.sort_by(f64::total_cmp);
            Figure { value: values[values.len() / 2], ..figure.clone() }
        })
        .collect()
}
