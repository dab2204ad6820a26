//! Two selections side by side: both surfaces on the same cells, and the test of their difference.

use geo::MultiPolygon;

use super::comparison::{Compared, Pair, compare};
use super::findings::{Question, Worked};
use super::index::Index;
use super::job::Job;
use super::tier::{Allowed, MIN_GROUP, Refusal, Tier};
use super::watch::Watch;
use super::{Method, Spot, Voices};
use crate::error::{Error, Result};
use crate::geometry::Plane;
use crate::pins::selection::Differs;

/// Two selections and what tells them apart.
#[derive(Debug)]
pub struct SideBySide {
    /// What tells them apart.
    pub by: Differs,
    /// From how many, when and how each was found.
    pub methods: [Method; 2],
    /// Both surfaces over the boundary's box.
    pub surfaces: [super::surface::Surface; 2],
    /// The plane of the surfaces.
    pub plane: Plane,
    /// The boundary on that plane.
    pub shape: MultiPolygon<f64>,
    /// The test of their difference.
    pub test: Option<Job<Compared>>,
    /// The cells that the test speaks of, as the surfaces have them.
    pub cells: Vec<usize>,
}

/// What the test of a difference starts from.
#[derive(Debug)]
pub struct Basis {
    pair: Pair,
    sides: [Vec<Spot>; 2],
    shape: MultiPolygon<f64>,
    plane: Plane,
}

impl Worked for SideBySide {
    type Outcome = Compared;

    fn job(&self) -> Option<&Job<Compared>> {
        self.test.as_ref()
    }
}

impl SideBySide {
    /// Lays two selections side by side; refused where there are too few people for that.
    pub fn of(index: &Index, [a, b]: &[Question; 2]) -> Result<(Self, Basis)> {
        let by = a.selection.differs_by(&b.selection);
        let (one, other) = (index.select(&a.selection), index.select(&b.selection));
        let methods = [Method::of(index, a, &one), Method::of(index, b, &other)];
        check("a", &methods[0])?;
        check("b", &methods[1])?;
        let both: Vec<Spot> = one.spots.iter().chain(&other.spots).cloned().collect();
        let together = Tier::of(&Voices::of(&both));
        if by == Differs::Rounds && !together.allows(Allowed::Rounds) {
            return Err(too_few("rounds can be compared from 60 people on"));
        }
        let (plane, shape, sigma_m) = (*index.plane(), index.shape().clone(), a.sigma_m);
        let pair = Pair::around(&shape, &one.spots, &other.spots, sigma_m);
        let methods = methods.map(|method| Method { cell_m: pair.inner.cell_m, ..method });
        let side_by_side = Self {
            by,
            methods,
            surfaces: [pair.a.crop(pair.inner), pair.b.crop(pair.inner)],
            plane,
            shape: shape.clone(),
            test: None,
            cells: pair.a.cells_of(&pair.inner).collect(),
        };
        Ok((side_by_side, Basis { pair, sides: [one.spots, other.spots], shape, plane }))
    }
}

fn check(side: &str, method: &Method) -> Result<()> {
    let people = method.voices.people;
    if people < MIN_GROUP {
        let reason = format!("a comparison needs {MIN_GROUP} people on each side; {side} has {people}");
        return Err(too_few(reason).with_field(side));
    }
    match method.refused {
        None => Ok(()),
        Some(Refusal { needs: Some(needs), .. }) => {
            Err(too_few(format!("times of day can be compared from {needs} people on")).with_field(side))
        }
        Some(_) => {
            let reason = "at most two of age, gender and role can be crossed";
            Err(Error::invalid(side, reason).with_slug("too_many_fields"))
        }
    }
}

fn too_few(reason: impl Into<String>) -> Error {
    Error::invalid("a", reason).with_slug("too_few_people")
}

impl Basis {
    /// Tests the difference; none where it was told to stop.
    #[must_use]
    pub fn compare(self, watch: &Watch) -> Option<Compared> {
        let Self { pair, sides: [a, b], shape, plane } = self;
        compare(&pair, &a, &b, &shape, &plane, watch)
    }
}
