"""Swedish sentences about towns and health, which made-up posts are put together from."""

SUBJECTS = (
    "Kommunen",
    "Regionen",
    "Vår arbetsgrupp",
    "Biblioteket i Lövhamn",
    "Skolan på Ängslunda",
    "Föreningen för äldre",
    "Fritidsgården",
    "Rådet för hälsa",
    "Styrelsen",
    "Nätverket",
)
VERBS = (
    "prövar",
    "följer upp",
    "bygger ut",
    "frågar invånarna om",
    "planerar för",
    "räknar på",
    "skriver om",
    "öppnar dörren för",
    "lär sig mer om",
    "satsar på",
)
OBJECTS = (
    "mötesplatser där människor stannar till",
    "promenader i grönområden nära hemmet",
    "hälsosamtal för åttioåringar",
    "säkra vägar till skolan",
    "bänkar, belysning och skugga",
    "gemensamma måltider på öarna",
    "cykelbanor längs ån",
    "stöd till anhöriga på små orter",
    "läsning för vuxna och unga",
    "tystnad och mörker i stadens utkant",
    "färre ensamma kvällar",
    "en hälsofrämjande budget",
)
ENDINGS = (
    "Det märks redan efter några veckor.",
    "Resultatet läggs fram i höst.",
    "Alla är välkomna att höra av sig.",
    "Nu återstår frågan om vem som betalar.",
    "Så här gjorde vi, och det här gick fel.",
    "Underlaget är **gratis** för medlemmar.",
    "Vi tror på *små steg* som blir av.",
    "Erfarenheten delas med de andra orterna.",
    "Åtta av tio svarade på enkäten.",
    "Förslaget finns att läsa hos kansliet.",
)
HEADINGS = (
    "Så gick det till",
    "Vad händer nu?",
    "Tre frågor på vägen",
    "Det här lärde vi oss",
    "Kostnader och nytta",
    "Vem gör vad?",
)
TAGS = (
    *("mötesplatser", "stadsplanering", "jämlik hälsa", "äldre", "barn och unga", "skola"),
    *("psykisk hälsa", "delaktighet", "budget", "rörelse", "mat", "landsbygd"),
    *("öar", "kultur", "bibliotek", "forskning", "uppföljning", "tobak"),
    *("trygghet", "samverkan", "folkhälsorådet", "natur", "arbetsliv", "språk"),
)
PLACES = ("Lövhamn", "Kvarnmo", "Ängslunda", "Vintersunda", "Sydmark", "Öresholm")
