"""What a new piece of each kind begins as: `string.Template` texts with advice to the editor."""

from collections.abc import Mapping

from newsroom.model import Kind

_SV_NEWS = """\
---
title: $title
id: $id
# Dagen då nyheten läggs ut. Vill du ange klockslag: ${day}T09:00.
date: $day
# Ingressen: en eller två meningar som syns i listor, flöden och brev.
summary:
# Ämnesord, till exempel [barn-och-unga, glesbygd]. Sorter finns i site.yaml.
tags: []
category:
# Den som svarar på frågor: filnamn i mappen contacts, utan ".md".
contacts: []
# En bild läggs bredvid den här filen: {file: bild.jpg, alt: "Vad bilden visar."}
image:
# Ta bort raden nedan när texten är klar. Fram till dess syns den inte på webben.
draft: true
---

Skriv texten här.
"""
_EN_NEWS = """\
---
title: $title
id: $id
# The day it is published. With a clock time: ${day}T09:00.
date: $day
# One or two sentences that are shown in lists, feeds and mails.
summary:
# Topics, such as [children, countryside]. Categories are declared in site.yaml.
tags: []
category:
# Who answers questions: the name of a file in contacts, without ".md".
contacts: []
# A picture lies beside this file: {file: picture.jpg, alt: "What it shows."}
image:
# Take the line below away when the text is done. Until then it is not on the web.
draft: true
---

Write the text here.
"""
_SV_EVENT = """\
---
title: $title
id: $id
# Med klockslag, eller bara dagen om det varar hela dagen. Sista dagen räknas med.
start: ${day}T13:00
end: ${day}T16:00
# Platsen: {name: Konferensen, address: "Gatan 1, Staden"}
place:
# Länk till mötet om det går att vara med på distans: {url: "https://…"}
online:
# Anmälan: {url: "https://…", deadline: $day, cost: Gratis}
registration:
# Blir det ändrat eller inställt: skriv cancelled, postponed eller moved.
status: planned
summary:
tags: []
contacts: []
# Ta bort raden nedan när texten är klar. Fram till dess syns den inte på webben.
draft: true
---

Skriv vad som händer och för vem.
"""
_EN_EVENT = """\
---
title: $title
id: $id
# With clock times, or the day alone for whole days. The last day counts.
start: ${day}T13:00
end: ${day}T16:00
# The place: {name: The venue, address: "1 High Street, Town"}
place:
# Where to take part from afar: {url: "https://…"}
online:
# Registration: {url: "https://…", deadline: $day, cost: Free}
registration:
# If it changes: write cancelled, postponed or moved.
status: planned
summary:
tags: []
contacts: []
# Take the line below away when the text is done. Until then it is not on the web.
draft: true
---

Write what happens, and for whom.
"""
_SV_CONTACT = """\
---
name: $title
id: $id
role:
organisation:
# Helst en adress som följer rollen, inte personen.
email:
phone:
# Grupper som personen visas under, till exempel [kansli, press].
groups: []
# Dagen då uppgifterna senast stämdes av med personen.
verified: $day
---
"""
_EN_CONTACT = """\
---
name: $title
id: $id
role:
organisation:
# Rather an address that follows the role than the person.
email:
phone:
# Groups the person is shown under, such as [office, press].
groups: []
# The day the person last confirmed these lines.
verified: $day
---
"""
_SV_MEMBER = """\
---
title: $title
id: $id
# Till exempel kommun, region eller förening.
type:
joined: $day
url:
contacts: []
summary:
---

Skriv några meningar om medlemmen.
"""
_EN_MEMBER = """\
---
title: $title
id: $id
# Such as municipality, region or association.
type:
joined: $day
url:
contacts: []
summary:
---

Write a few sentences about the member.
"""
_SV_PAPER = """\
---
title: $title
id: $id
date: $day
# Filen som läsaren hämtar. Lägg den bredvid den här.
file:
author:
summary:
tags: []
# Ta bort raden nedan när texten är klar. Fram till dess syns den inte på webben.
draft: true
---
"""
_EN_PAPER = """\
---
title: $title
id: $id
date: $day
# The file that readers download. Put it beside this one.
file:
author:
summary:
tags: []
# Take the line below away when the text is done. Until then it is not on the web.
draft: true
---
"""
_SV_ISSUE = """\
---
title: $title
id: $id
# Till exempel "våren 2026". Har numren egna nummer: skriv number: 12.
period: $title
# Ämnesraden, och det läsaren ser efter den i inkorgen.
subject:
preheader:
# Nyheterna och kalenderposterna i brevet, i ordning: filnamn utan datum och ".md".
lead:
stories: []
events: []
contacts: []
# Ta bort raden nedan när texten är klar. Fram till dess syns den inte på webben.
draft: true
---

Skriv några rader till läsaren.
"""
_EN_ISSUE = """\
---
title: $title
id: $id
# Such as "spring 2026". If your issues are numbered, write number: 12.
period: $title
# The subject, and what stands after it in the inbox.
subject:
preheader:
# The posts and events in it, in order: names of files without date and ".md".
lead:
stories: []
events: []
contacts: []
# Take the line below away when the text is done. Until then it is not on the web.
draft: true
---

Write a few lines to the reader.
"""
_SV_PAGE = """\
---
title: $title
id: $id
# Orden i menyn. Tomt: sidan visas inte där.
menu:
# Ta bort raden nedan när texten är klar. Fram till dess syns den inte på webben.
draft: true
---

Skriv texten här.
"""
_EN_PAGE = """\
---
title: $title
id: $id
# The words in the menu. Empty: the page is not in it.
menu:
# Take the line below away when the text is done. Until then it is not on the web.
draft: true
---

Write the text here.
"""

STARTERS: Mapping[tuple[str, Kind], str] = {
    ("sv", Kind.NEWS): _SV_NEWS,
    ("en", Kind.NEWS): _EN_NEWS,
    ("sv", Kind.EVENT): _SV_EVENT,
    ("en", Kind.EVENT): _EN_EVENT,
    ("sv", Kind.CONTACT): _SV_CONTACT,
    ("en", Kind.CONTACT): _EN_CONTACT,
    ("sv", Kind.MEMBER): _SV_MEMBER,
    ("en", Kind.MEMBER): _EN_MEMBER,
    ("sv", Kind.PUBLICATION): _SV_PAPER,
    ("en", Kind.PUBLICATION): _EN_PAPER,
    ("sv", Kind.ISSUE): _SV_ISSUE,
    ("en", Kind.ISSUE): _EN_ISSUE,
    ("sv", Kind.PAGE): _SV_PAGE,
    ("en", Kind.PAGE): _EN_PAGE,
}
