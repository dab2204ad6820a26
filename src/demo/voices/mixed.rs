//! Where it depends.

use crate::neighbourhoods::themes::Theme::{Bond, Clean, Harass, Light, Noise, People, Sight, Transit, Use};
use crate::pins::Effect::{Alert, Detour, None, Stay};
use crate::pins::Feeling::Mixed;
use crate::pins::When::{Afternoon, Always, Dark, Evening, Night};

use super::told::{Spot, told};

#[rustfmt::skip]
pub(super) const SPOTS: &[Spot] = &[
    Spot { feeling: Mixed, radius_m: 50, stray_m: 9.0, along: &[(200.0, -248.0), (250.0, -240.0), (290.0, -226.0)], told: &[
        told("Vol is het plein fijn, leeg is het eng. Het hangt van het uur af.", &[Evening], &[People, Transit], Alert),
        told("Met vrienden vind ik het hier leuk, alleen loop ik door.", &[Evening, Night], &[People, Harass], Alert),
        told("Overdag neem ik hier graag de trein, na tien uur niet meer.", &[Night], &[Transit, Light], Detour),
    ] },
    Spot { feeling: Mixed, radius_m: 100, stray_m: 8.0, along: &[(-350.0, -200.0), (-395.0, -235.0), (-480.0, -240.0)], told: &[
        told("Heerlijk park als de zon schijnt, een zwart gat als ze weg is.", &[Dark], &[Light, Sight], Detour),
        told("Met de hond kom ik hier ook 's avonds, zonder de hond niet.", &[Evening], &[People, Light], Alert),
        told("In de zomer tot tien uur prima, in de winter mijd ik het.", &[Dark], &[Light, People], Detour),
    ] },
    Spot { feeling: Mixed, radius_m: 50, stray_m: 3.0, along: &[(-60.0, 126.0), (0.0, 152.0), (60.0, 168.0)], told: &[
        told("Als de winkels open zijn is het top, om acht uur is het een lege gang.", &[Evening], &[People, Light], Alert),
        told("Gezellig, maar op koopzondag voel ik me opgesloten in de drukte.", &[Afternoon], &[People, Use], Detour),
    ] },
    Spot { feeling: Mixed, radius_m: 50, stray_m: 9.0, along: &[(90.0, -425.0), (140.0, -410.0), (130.0, -450.0)], told: &[
        told("Op het Hooglandplein kent iedereen elkaar, maar het is er nooit eens stil.", &[Always], &[Bond, Noise], None),
        told("Leuk om te hangen, minder leuk als er ruzie is om het basketdoel.", &[Afternoon, Evening], &[Use, Bond], Alert),
        told("Overdag boodschappen en een praatje, 's avonds vuil en een kapotte lamp.", &[Evening, Dark], &[Clean, Light], Alert),
    ] },
    Spot { feeling: Mixed, radius_m: 100, stray_m: 3.0, along: &[(-387.0, 379.0), (-300.0, 410.0), (-200.0, 436.0)], told: &[
        told("De Sluiskaai is prachtig bij valavond, maar dan liefst met twee.", &[Evening], &[Light, Bond], Stay),
        told("Ik zit hier graag op de kade. Zodra er gedronken wordt, ga ik weg.", &[Evening], &[Use, Noise], Alert),
    ] },
];
