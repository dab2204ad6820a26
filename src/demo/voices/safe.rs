//! Where people feel safe.

use crate::neighbourhoods::themes::Theme::{
    Bond, Clean, Guard, Harass, Light, Noise, Path, People, Sight, Traffic, Transit, Use, Wayfind,
};
use crate::pins::Effect::{None, Stay};
use crate::pins::Feeling::Safe;
use crate::pins::When::{Afternoon, Always, Evening, Morning};

use super::told::{Spot, told};

#[rustfmt::skip]
pub(super) const SPOTS: &[Spot] = &[
    // the park by day, around the large pond
    Spot { feeling: Safe, radius_m: 100, stray_m: 8.0, along: &[(-400.0, -62.0), (-430.0, -95.0), (-428.0, -150.0), (-470.0, -198.0), (-530.0, -185.0), (-560.0, -130.0), (-550.0, -80.0), (-500.0, -45.0), (-455.0, -20.0), (-545.0, 40.0)], told: &[
        told("Rond de vijver kom je altijd iemand tegen die goeiedag zegt.", &[Morning, Afternoon], &[Bond, People], Stay),
        told("Ik wandel hier elke ochtend met de hond. Je ziet van ver wie er aankomt.", &[Morning], &[Sight, People], Stay),
        told("Op het gras bij de kiosk lees ik een boek en voel ik me gerust.", &[Afternoon], &[Bond, Sight], Stay),
        told("De mensen van de groendienst zijn er elke dag. Dat geeft vertrouwen.", &[Morning, Afternoon], &[Guard, Clean], Stay),
        told("Overdag is het park de veiligste weg naar de markt: geen auto's.", &[Morning, Afternoon], &[Traffic, Path], Stay),
        told("Mijn moeder loopt hier alleen haar toertje met de rollator. De paden zijn goed.", &[Morning], &[Path, Bond], Stay),
        told("Hier hoor je vogels in plaats van de steenweg.", &[Morning, Afternoon], &[Noise, Bond], Stay),
        told("Op zondag zit het hier vol met families, dan blijf ik uren.", &[Afternoon], &[People, Use], Stay),
        told("Het paviljoen is open en je mag er altijd naar het toilet.", &[Afternoon], &[Guard, Use], Stay),
        told("Wij sporten hier met een groepje op de wei. Niemand kijkt raar.", &[Morning, Afternoon], &[Use, Harass], Stay),
        told("De banken staan in de zon en er is altijd plaats.", &[Afternoon], &[Bond], Stay),
        told("Ik leerde hier fietsen en nu leren mijn kinderen het hier.", &[Afternoon], &[Bond, Traffic], Stay),
        told("Je kunt langs vier kanten buiten, ik weet altijd waar ik ben.", &[Morning, Afternoon], &[Wayfind, Sight], None),
    ] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 9.0, along: &[(-438.0, -28.0), (-396.0, -24.0)], told: &[
        told("In de speeltuin letten ouders op elkaars kinderen.", &[Afternoon], &[Guard, Bond], Stay),
        told("Er staat een hek rond, dus ik kan even zitten.", &[Afternoon], &[Traffic, Sight], Stay),
        told("De toestellen zijn vernieuwd en het zand is proper.", &[Always], &[Clean], Stay),
        told("Ik ken hier intussen alle andere ouders.", &[Afternoon], &[Bond, People], Stay),
    ] },
    // the market square
    Spot { feeling: Safe, radius_m: 50, stray_m: 10.0, along: &[(-152.0, 112.0), (-104.0, 104.0), (-98.0, 146.0), (-150.0, 142.0)], told: &[
        told("Op de markt ken ik de helft van de mensen.", &[Morning], &[Bond, People], Stay),
        told("Er is altijd iemand op een terras die meekijkt.", &[Afternoon, Evening], &[People, Guard], Stay),
        told("Sinds de auto's weg zijn, steek ik zonder kijken het plein over.", &[Always], &[Traffic, Path], Stay),
        told("'s Avonds is het plein mooi verlicht, ik neem graag deze weg.", &[Evening], &[Light, People], Stay),
        told("De gemeenschapswacht staat hier op donderdag en kent ons bij naam.", &[Morning], &[Guard], Stay),
        told("Bij de kraampjes maken mensen plaats voor mijn rolstoel.", &[Morning], &[Path, Use], Stay),
        told("Ik kom hier koffie drinken, ook alleen. Niemand valt je lastig.", &[Afternoon], &[Harass, Bond], Stay),
        told("De klok, de bomen, de banken: dit is ons dorp in de stad.", &[Always], &[Bond], Stay),
        told("Het plein wordt elke ochtend geveegd. Dat zie je.", &[Morning], &[Clean], None),
        told("Als mijn kinderen de weg kwijt zijn, gaan ze naar de bakker op het plein.", &[Afternoon], &[Guard, Wayfind], Stay),
        told("Bij Rosa Lambrechts op nummer 3 kan ik altijd binnen als er iets is.", &[Always], &[Guard, Bond], Stay).reworded("Ik ken hier iemand bij wie ik altijd binnen kan als er iets is."),
        told("Op kermisdagen is het druk maar gezellig, met veel toezicht.", &[Afternoon, Evening], &[Guard, People], Stay),
    ] },
    // the library and its forecourt
    Spot { feeling: Safe, radius_m: 50, stray_m: 6.0, along: &[(-108.0, -255.0), (-66.0, -262.0), (-70.0, -300.0), (-100.0, -316.0)], told: &[
        told("In de bib is er altijd iemand aan de balie die helpt.", &[Morning, Afternoon], &[Guard, Bond], Stay),
        told("Ik maak hier mijn huiswerk. Het is warm en rustig.", &[Afternoon], &[Noise, Use], Stay),
        told("Voor de bib staan lampen en fietsrekken waar iedereen ze ziet.", &[Evening], &[Light, Sight], Stay),
        told("De leesgroep loopt nadien samen naar huis.", &[Evening], &[People, Bond], Stay),
        told("Hier mag iedereen zijn, je moet niets kopen.", &[Afternoon], &[Use, Bond], Stay),
        told("Als ik me niet op mijn gemak voel op straat, ga ik hier even binnen.", &[Afternoon, Evening], &[Guard, Wayfind], Stay),
        told("De grote ramen maken dat je overal gezien wordt. Dat vind ik fijn.", &[Afternoon, Evening], &[Sight, Light], Stay),
        told("Mijn kleindochter mag alleen naar het voorleesuurtje.", &[Morning], &[Traffic, Guard], Stay),
        told("Brede stoep, geen drempel, alles op wieltjes kan binnen.", &[Always], &[Path], Stay),
    ] },
    // the allotments
    Spot { feeling: Safe, radius_m: 100, stray_m: 12.0, along: &[(-440.0, -568.0), (-340.0, -580.0), (-230.0, -576.0), (-338.0, -640.0), (-280.0, -650.0)], told: &[
        told("Op de volkstuin geven we elkaar tomaten over de haag.", &[Afternoon], &[Bond], Stay),
        told("Iedereen kent iedereen in Het Radijsje. Een vreemde krijgt koffie.", &[Morning, Afternoon], &[Bond, Guard], Stay),
        told("Ik zit hier tot het donker wordt en er is altijd nog iemand bezig.", &[Afternoon, Evening], &[People], Stay),
        told("Het Tuinpad is recht en open, ik zie de bus al staan.", &[Always], &[Sight, Path], Stay),
        told("Hier laat ik mijn fiets los staan. Nog nooit iets gebeurd.", &[Afternoon], &[Guard], Stay),
        told("Kinderen hebben er een eigen bakje met aardbeien.", &[Afternoon], &[Bond, Use], Stay),
        told("De stilte doet mij goed, alleen de trein hoor je af en toe.", &[Morning], &[Noise], Stay),
    ] },
    // the station square, when it is alive
    Spot { feeling: Safe, radius_m: 50, stray_m: 9.0, along: &[(198.0, -250.0), (244.0, -242.0), (294.0, -230.0), (270.0, -214.0), (215.0, -216.0)], told: &[
        told("Op het Stationsplein is er altijd volk, ik voel me er nooit alleen.", &[Morning, Evening], &[People], Stay),
        told("Het plein is open en goed verlicht. Ik zie wie er aankomt.", &[Evening], &[Light, Sight], Stay),
        told("Met de foodtrucks op vrijdag is dit de leukste plek van de wijk.", &[Evening], &[Bond, People], Stay),
        told("De mensen van de koffiebar houden een oogje in het zeil.", &[Morning, Afternoon], &[Guard, People], Stay),
        told("Aan de bushalte staat een scherm, dus je weet hoelang je wacht.", &[Always], &[Transit, Wayfind], None),
        told("Ik spreek hier af met vrienden na school. Er is plaats voor iedereen.", &[Afternoon], &[Use, People], Stay),
        told("De nieuwe bomen en banken hebben het plein zachter gemaakt.", &[Afternoon], &[Bond, Clean], Stay),
        told("Als ik laat thuiskom, ben ik blij als ik het licht van het plein zie.", &[Evening], &[Light, Transit], Stay),
        told("Bij de spoorwegpolitie kan je altijd aankloppen.", &[Morning, Afternoon], &[Guard], None),
    ] },
    // the shopping street and the mill
    Spot { feeling: Safe, radius_m: 50, stray_m: 3.0, along: &[(-70.0, 122.0), (-5.0, 150.0), (65.0, 170.0)], told: &[
        told("In de Lakenstraat kijken de winkeliers naar buiten en naar elkaar.", &[Afternoon], &[Guard, People], Stay),
        told("Geen auto's, brede straat, etalages met licht.", &[Afternoon, Evening], &[Traffic, Light], Stay),
        told("Ik laat de kinderen hier voorop lopen.", &[Afternoon], &[Traffic, Sight], Stay),
        told("Er is een stoel buiten aan de apotheek voor wie moe is. Klein maar fijn.", &[Afternoon], &[Bond, Path], Stay),
    ] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 8.0, along: &[(375.0, 440.0), (440.0, 440.0), (490.0, 455.0)], told: &[
        told("In De Spinnerij ken ik de ploeg aan de deur. Ik ga er alleen heen.", &[Evening], &[Guard, Bond], Stay),
        told("De binnenkoer met de lichtjes voelt als een huiskamer.", &[Evening], &[Light, Bond], Stay),
        told("Op repetitieavonden is er volk tot elf uur.", &[Evening], &[People], Stay),
        told("Het repaircafé brengt hier oud en jong samen.", &[Afternoon], &[Bond, Use], Stay),
    ] },
    // spread over the quarter
    Spot { feeling: Safe, radius_m: 50, stray_m: 6.0, along: &[(-20.0, -440.0), (10.0, -452.0)], told: &[told("In het buurthuis staat de soep klaar en vraagt iemand hoe het gaat.", &[Afternoon], &[Bond, Guard], Stay), told("De huiswerkklas in het buurthuis is voor mijn kinderen een tweede thuis.", &[Afternoon], &[Guard, Bond], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 5.0, along: &[(110.0, 275.0), (140.0, 290.0)], told: &[told("Het parkje aan de Zandhof ligt tussen de huizen. Iedereen kijkt mee.", &[Afternoon], &[Sight, Guard], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 8.0, along: &[(340.0, -530.0), (410.0, -520.0)], told: &[told("Op de voetbal staat er altijd een ploeg ouders aan de lijn.", &[Evening], &[People, Guard], Stay), told("Na de match brengt de trainer iedereen tot aan de bus.", &[Evening], &[Guard], None)] },
    Spot { feeling: Safe, radius_m: 25, stray_m: 4.0, along: &[(-225.0, 418.0), (-192.0, 430.0)], told: &[told("Op het Sasplein kijk ik naar de boten. De sluiswachter zwaait altijd.", &[Morning, Afternoon], &[Bond, Guard], Stay)] },
    Spot { feeling: Safe, radius_m: 25, stray_m: 4.0, along: &[(-305.0, 125.0), (-285.0, 150.0)], told: &[told("De Begijnhoftuin is klein en stil. Ik eet er mijn boterhammen.", &[Afternoon], &[Noise, Bond], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 3.0, along: &[(440.0, 246.0), (400.0, 238.0)], told: &[told("In het Weefhof spelen de kinderen op straat en dat kan gewoon.", &[Afternoon], &[Traffic, Bond], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 6.0, along: &[(500.0, -520.0), (540.0, -590.0)], told: &[told("Op de begraafplaats is het stil en verzorgd. Ik kom er tot rust.", &[Morning], &[Clean, Noise], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 3.0, along: &[(-100.0, -75.0), (-98.0, -140.0)], told: &[told("In de Kantstraat kennen de buren elkaar. Op nummer 6 heeft iedereen een sleutel.", &[Always], &[Bond, Guard], Stay).reworded("In de Kantstraat kennen de buren elkaar. Wij hebben elkaars sleutel.")] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 3.0, along: &[(205.0, 90.0), (224.0, 150.0)], told: &[told("De Schoolstraat is dicht voor auto's als de bel gaat. Wat een rust.", &[Morning, Afternoon], &[Traffic, Noise], Stay)] },
    Spot { feeling: Safe, radius_m: 50, stray_m: 3.0, along: &[(560.0, 470.0), (620.0, 470.0)], told: &[told("Op de speelplaats van het atheneum blijven we hangen, er is altijd een opvoeder.", &[Afternoon], &[Guard, People], Stay)] },
];
