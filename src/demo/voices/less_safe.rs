//! Where people feel less safe.

use crate::neighbourhoods::themes::Theme::{
    Clean, Crime, Guard, Harass, Light, Noise, Path, People, Sight, Subst, Traffic, Transit, Use, Wayfind,
};
use crate::pins::Effect::{Accompanied, Alert, Avoid, Detour, None};
use crate::pins::Feeling::Unsafe;
use crate::pins::When::{Afternoon, Always, Dark, Evening, Morning, Night};

use super::told::{Spot, told};

#[rustfmt::skip]
pub(super) const SPOTS: &[Spot] = &[
    // the underpass and its two mouths
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 4.0, along: &[(-137.0, -325.0), (-145.0, -374.0), (-154.0, -417.0), (-167.0, -450.0)], told: &[
        told("In de tunnel zie je het einde niet. Ik kijk altijd eerst of er iemand staat.", &[Dark], &[Sight, Light], Alert),
        told("Na zonsondergang fiets ik om langs de steenweg. Dat is tien minuten langer.", &[Dark], &[Light, People], Detour),
        told("De helft van de lampen in de tunnel is stuk, al sinds de zomer.", &[Evening, Dark], &[Light, Clean], Alert),
        told("Ik ga hier 's avonds alleen door als iemand meegaat.", &[Evening, Night], &[People, Light], Accompanied),
        told("Als er een trein over rijdt, hoor je niet wie er achter je loopt.", &[Evening, Dark], &[Noise, Sight], Alert),
        told("Geen enkele uitweg als er halverwege iemand op je wacht.", &[Dark], &[Wayfind, Sight], Avoid),
        told("Het ruikt er naar plas en er ligt altijd glas. Niemand zorgt voor deze plek.", &[Always], &[Clean, Noise], Detour),
        told("Ik bel met mijn zus tot ik er weer uit ben.", &[Evening, Dark], &[Light, People], Alert),
        told("In de winter is het al donker als ik van mijn werk kom. Dan neem ik de bus één halte verder.", &[Dark], &[Light, Transit], Detour),
        told("De bocht na de tunnel is blind. Fietsers komen er veel te snel door.", &[Morning, Afternoon], &[Path, Traffic], Alert),
        told("Iemand is hier een keer een heel stuk achter mij blijven lopen. Sindsdien kom ik er niet meer.", &[Night], &[Harass], Avoid),
        told("Overdag gaat het nog, maar zodra de lampen aanspringen word ik zenuwachtig.", &[Dark], &[Light], Alert),
        told("Ik laat mijn dochter hier niet alleen door na de training.", &[Evening], &[People, Light], Accompanied),
        told("Er hangt een camera, maar niemand weet of die werkt.", &[Evening, Night], &[Guard], Alert),
        told("De muren staan vol spuitwerk en het water loopt ervan af. Het voelt vergeten.", &[Always], &[Clean], None),
        told("Ik neem de trap van het station, ook al is die verder. Daar is tenminste volk.", &[Evening, Dark], &[People, Wayfind], Detour),
        told("Op de helling naar boven word je verblind door auto's en zie je zelf niets.", &[Dark], &[Traffic, Sight], Alert),
        told("'s Nachts na een late dienst is er niemand die je hoort.", &[Night], &[People, Guard], Avoid),
        told("Ik loop hier met mijn sleutels in mijn hand. Dat doe ik nergens anders.", &[Evening, Night], &[Light, Harass], Alert),
        told("Bij regen staat het voetpad onder water en moet je op de rijweg.", &[Always], &[Path], Detour),
        told("Met de buggy kan ik de helling bijna niet op. Ik blijf dan te lang in het donker.", &[Dark], &[Path, Light], Avoid),
        told("Mijn fiets is hier aan de ingang gestolen, midden op de avond.", &[Evening], &[Crime, Guard], Alert),
        told("Het is altijd dezelfde man met die rode jas en die herdershond die daar staat.", &[Evening], &[Harass], Avoid).hidden("beschrijft een herkenbare persoon"),
        told("Ik hoor vaak dat mensen na acht uur niet meer buitenkomen omdat ze door de tunnel moeten.", &[Evening, Dark], &[Light, People], Avoid).heard(),
        told("In het wijkgezondheidscentrum hoor ik dat patiënten een late afspraak weigeren omdat ze door de tunnel moeten.", &[Evening], &[Light, Wayfind], Avoid).heard(),
    ] },
    // the station square
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 9.0, along: &[(196.0, -252.0), (240.0, -244.0), (296.0, -232.0), (282.0, -216.0), (220.0, -214.0)], told: &[
        told("Aan de bushalte word ik vaak nageroepen. Ik doe alsof ik bel.", &[Evening], &[Harass, Transit], Alert),
        told("Na de laatste trein is het plein leeg en gaat alles dicht.", &[Night], &[People, Guard], Accompanied),
        told("Er wordt gedronken op de bankjes en dan vliegen er flessen.", &[Evening, Night], &[Subst, Clean], Detour),
        told("Iemand vroeg drie keer mijn nummer en bleef meelopen tot aan de Stationsstraat.", &[Evening], &[Harass], Avoid),
        told("Ik wacht liever in de hal dan op het plein zelf.", &[Evening, Dark], &[Transit, People], Alert),
        told("Er wordt veel geroepen en geduwd bij de fietsenstalling. Ik maak er een boog rond.", &[Afternoon, Evening], &[Use], Detour),
        told("Je weet nooit of het rustig blijft. De sfeer kan ineens omslaan.", &[Evening], &[Use, Guard], Alert),
        told("Drie auto's staan hier met draaiende motor te wachten, ik kan niet veilig oversteken.", &[Evening], &[Traffic, Noise], Alert),
        told("Er kwam iemand veel te dicht bij mij staan aan de kaartautomaat.", &[Evening, Night], &[Harass], Avoid),
        told("Op zaterdagnacht is er ruzie en niemand om hulp te vragen.", &[Night], &[Crime, Guard], Avoid),
        told("Ik wacht hier niet graag alleen. Bel mij gerust op 0499 00 00 00 voor meer uitleg.", &[Evening], &[Transit, People], Alert).reworded("Ik wacht hier niet graag alleen."),
        told("De chauffeurs van de bus zeggen dat zij hier 's nachts liever niet stilstaan.", &[Night], &[Transit, Guard], Alert).heard(),
    ] },
    // platforms, the way under them, the car park
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(320.0, -250.0), (390.0, -234.0), (465.0, -222.0)], told: &[
        told("Op de stationsparking brandt achteraan geen enkele lamp.", &[Dark], &[Light], Alert),
        told("Mijn achterruit is hier ingeslagen terwijl ik op mijn werk was.", &[Afternoon], &[Crime], None),
        told("Tussen de geparkeerde auto's zie je niet wie er staat.", &[Evening, Dark], &[Sight, Light], Alert),
        told("Ik parkeer liever in de Spoorlaan, ook als de parking leeg is.", &[Evening], &[People, Sight], Avoid),
    ] },
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 2.0, along: &[(180.0, -322.0), (250.0, -311.0), (330.0, -293.0)], told: &[
        told("Op perron 2 sta je 's avonds alleen en de lift is al maanden stuk.", &[Evening], &[Transit, Path], Alert),
        told("Het hokje op het perron is vuil en je ziet de trein niet aankomen.", &[Always], &[Transit, Clean], None),
        told("De trap onder de sporen is smal. Twee mensen met koffers en je zit vast.", &[Morning], &[Path, Transit], Alert),
    ] },
    // the quay at night
    Spot { feeling: Unsafe, radius_m: 100, stray_m: 3.0, along: &[(120.0, 484.0), (258.0, 501.0), (360.0, 512.0), (485.0, 527.0)], told: &[
        told("Langs de Kolenkaai is er 's nachts geen licht en wel diep water.", &[Night, Dark], &[Light, Path], Avoid),
        told("Geen reling tussen de kaai en het water. Met gladde stenen durf ik daar niet.", &[Dark], &[Path, Light], Detour),
        told("Na een optreden in De Spinnerij loop ik de kaai niet op maar neem ik de laan.", &[Night], &[Light, People], Detour),
        told("Er zijn te veel donkere hoeken tussen de oude loodsen.", &[Evening, Dark], &[Sight, Light], Alert),
        told("Auto's rijden hier 's nachts wedstrijdjes op de kasseien.", &[Night], &[Traffic, Noise], Avoid),
        told("Aan het dok staat elke nacht een grijze auto, 1-XQZ-404, en er wordt iets verkocht.", &[Night], &[Subst, Crime], Avoid).reworded("Langs het dok stoppen 's nachts auto's. Ik kom er dan liever niet."),
        told("Ik jog hier graag, maar alleen zolang het licht is.", &[Dark], &[Light, People], Avoid),
        told("Als je hier roept, hoort niemand het. Alles is gesloten na zes uur.", &[Evening, Night], &[People, Guard], Avoid),
        told("Op het bankje aan het dok liggen naalden. Ik ga er niet meer zitten met de kinderen.", &[Always], &[Subst, Clean], Avoid),
        told("De kaai is mooi, maar na tienen ben je er helemaal alleen.", &[Night], &[People], Accompanied),
        told("De uitbater van de zaal zegt dat bezoekers vragen om samen naar het station te lopen.", &[Night], &[Light, People], Accompanied).heard(),
    ] },
    // the crossing by the school
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 4.0, along: &[(250.0, 283.0), (300.0, 246.0), (360.0, 198.0)], told: &[
        told("Auto's stoppen niet aan het zebrapad voor de school.", &[Morning, Afternoon], &[Traffic], Alert),
        told("Om half negen staan er auto's op het voetpad en moeten de kinderen op de weg.", &[Morning], &[Traffic, Path], Accompanied),
        told("Vrachtwagens van de haven rijden hier dertig te snel.", &[Morning, Afternoon], &[Traffic, Noise], Alert),
        told("Ik breng mijn zoon tot aan de poort, alleen voor deze oversteek.", &[Morning], &[Traffic], Accompanied),
        told("Het licht springt op rood als je halfweg bent. Met een rollator haal je het niet.", &[Always], &[Traffic, Path], Detour),
        told("Het fietspad stopt gewoon voor het kruispunt. Daarna zoek je het zelf uit.", &[Morning, Afternoon], &[Path, Traffic], Alert),
        told("Ik zag hier vorige maand een fietser vallen. Dat blijft in mijn hoofd.", &[Afternoon], &[Traffic], Alert),
        told("Als de gemachtigde opzichter ziek is, durft mijn kind niet over.", &[Morning], &[Traffic, Guard], Accompanied),
        told("Met regen en donker zien ze je gewoon niet staan.", &[Dark, Morning], &[Traffic, Light], Alert),
        told("Aan de Nieuwstraat draait iedereen af zonder te kijken.", &[Afternoon], &[Traffic], Alert),
        told("De leerkrachten tellen elke week bijna-ongelukken aan de poort.", &[Morning], &[Traffic], Alert).heard(),
    ] },
    // litter and dark galleries by the flats
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 6.0, along: &[(40.0, -602.0), (105.0, -588.0), (175.0, -556.0), (205.0, -545.0)], told: &[
        told("Elke maandag liggen er zakken en matrassen naast de containers.", &[Always], &[Clean], None),
        told("Tussen de blokken is het pikdonker als je van de bus komt.", &[Dark], &[Light, Sight], Alert),
        told("Het glas van de inkomdeur is al een half jaar kapot. Iedereen kan binnen.", &[Always], &[Clean, Guard], None),
        told("Brommers scheuren over het pad waar kinderen spelen.", &[Afternoon, Evening], &[Traffic, Noise], Alert),
        told("In de kelder van het blok is er al drie keer ingebroken.", &[Night], &[Crime], Avoid),
        told("Ratten bij het afval. Ik laat de kleinste daar niet meer spelen.", &[Always], &[Clean], Avoid),
        told("Op nummer 27 gooien ze alles van het balkon.", &[Evening], &[Clean, Noise], Alert).hidden("wijst een woning aan"),
        told("De lift stinkt en het licht op de gang valt om de haverklap uit.", &[Evening, Dark], &[Light, Clean], Alert),
        told("De conciërge Marcel Debruyckere doet er niets aan, dat weet iedereen.", &[Always], &[Clean, Guard], None).hidden("noemt iemand met naam"),
    ] },
    // the wooded path in the park
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 4.0, along: &[(-395.0, -240.0), (-400.0, -300.0), (-388.0, -375.0)], told: &[
        told("Op het Bospad staan de struiken zo hoog dat je niet over het pad kijkt.", &[Always], &[Sight], Alert),
        told("Zodra het schemert neem ik de Parklaan en niet meer het pad door het bos.", &[Dark], &[Light, Sight], Detour),
        told("Er is geen enkele lamp tussen de kleine vijver en de dreef.", &[Dark], &[Light], Avoid),
        told("Iemand liep mij na tot aan de uitgang van het park. Ik heb gelopen.", &[Evening], &[Harass], Avoid),
        told("Een losse hond kwam hier op mij af en ik kon geen kant uit.", &[Morning], &[Use, Wayfind], Detour),
        told("In de herfst ligt het pad vol bladeren en zie je de wortels niet.", &[Dark], &[Path, Light], Avoid),
        told("Ik durf hier alleen te lopen als mijn buurman met zijn hond meegaat.", &[Evening], &[People], Accompanied),
    ] },
    // spread over the quarter
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 2.0, along: &[(-150.0, 235.0), (-190.0, 247.0)], told: &[told("In de Vlasgang passen geen twee mensen naast elkaar en er is geen licht.", &[Dark], &[Light, Sight], Detour)] },
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 2.0, along: &[(-90.0, 172.0), (-45.0, 212.0)], told: &[told("De Botergang is na sluitingstijd van de cafés een toilet.", &[Night], &[Clean, Subst], Detour)] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(-640.0, 118.0), (-690.0, 150.0)], told: &[told("Op de Molenbrug is geen fietspad. Auto's halen je nipt in.", &[Always], &[Traffic, Path], Detour)] },
    Spot { feeling: Unsafe, radius_m: 100, stray_m: 3.0, along: &[(700.0, 100.0), (728.0, 230.0), (740.0, 320.0)], told: &[told("In de Oosterlaan rijdt iedereen zeventig, ook langs de bushalte.", &[Always], &[Traffic], Alert), told("'s Avonds hoor je ze hier van ver optrekken. Ik slaap vooraan niet meer.", &[Evening, Night], &[Noise, Traffic], None)] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(-430.0, -516.0), (-250.0, -476.0)], told: &[told("Langs de Zuidspoorlaan staan auto's half op het voetpad. Met de rolstoel moet ik op straat.", &[Always], &[Path, Traffic], Detour)] },
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 3.0, along: &[(-240.0, 10.0), (-252.0, -26.0)], told: &[told("In de Lindegang, bij nummer 8, staat elke avond iemand te roepen.", &[Evening], &[Noise], Detour).waiting()] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(-602.0, 105.0), (-618.0, 170.0)], told: &[told("Het Ankerpad loopt achter blinde muren. Ik voel me er opgesloten.", &[Dark], &[Sight, Wayfind], Detour)] },
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 2.0, along: &[(671.0, 195.0), (670.0, 285.0)], told: &[told("Op het Wolpad zijn de paaltjes weg en komen er brommers door.", &[Afternoon, Evening], &[Traffic, Path], Alert)] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(500.0, -425.0), (560.0, -395.0)], told: &[told("De bushalte aan de begraafplaats is 's ochtends onverlicht. De bus rijdt je voorbij.", &[Morning, Dark], &[Transit, Light], Alert)] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 3.0, along: &[(35.0, -100.0), (110.0, -172.0)], told: &[told("Leegstaande winkels in de Stationsstraat, overal rolluiken dicht.", &[Evening], &[People, Clean], Alert), told("Steps liggen hier kriskras over het voetpad.", &[Always], &[Path, Use], Alert)] },
    Spot { feeling: Unsafe, radius_m: 25, stray_m: 2.0, along: &[(66.0, -205.0), (71.0, -275.0)], told: &[told("Bij Els Vandenhove op de Linnenstraat 14 blaft de hond naar iedereen.", &[Always], &[Noise], Detour).waiting()] },
    Spot { feeling: Unsafe, radius_m: 50, stray_m: 4.0, along: &[(340.0, 332.0), (410.0, 306.0), (480.0, 301.0)], told: &[told("In de Getouwstraat is er twee keer ingebroken sinds Nieuwjaar.", &[Night], &[Crime], Alert)] },
];
