"""Phrases that mail systems refuse with, by cause: a pattern for each table.

The words are those of the systems' own documents and sources: Postfix, Exim, sendmail, qmail,
Exchange and Exchange Online (which writes in the language of its tenant), Domino, Gmail, Yahoo,
Zimbra, Mimecast, Proofpoint, Barracuda and their like. Each table is one pattern; `verdict` says in
which order they are asked, and why.
"""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


_WHO = (
    r"(?:e-?mail |mail ?box |recipient(?:'s)? |user(?:'s)? |local |destination |delivery |this |"
    r"the ){0,3}"
    r"(?:user|recipient|mail ?box|addresse?e?|account|person|alias|name|customer|inbox|"
    r"user ?name|local part|destination)(?: name| address| account)?"
)

# The address does not exist, is no longer anybody's, or its domain takes no mail at all.
NO_SUCH_ADDRESS = _any(
    r"\b(?:no such|unknown|invalid|non-?existent|not a valid|bad|no|undefined|unrecognized|"
    r"illegal) "
    r"(?:local |virtual |destination |or |such |final |e-?mail |recipient |user ){0,3}"
    r"(?:user|recipient|mail ?box|account|person|alias|addressee|user ?name|local[- ]?part|"
    r"customer|domain|host)s?\b(?! (?:quota|limit|full|size|policy|reputation|settings))",
    rf"{_WHO}(?: <?\S{{1,100}}@\S{{1,100}}>?| [\w.-]{{1,60}})?(?:\(s\))?"
    r"(?: is| was| were| are| has been| have been|:|,|;| -)? ?"
    r"(?:currently |permanently )?"
    r"(?:unknown|not found|not known|doe?s ?n[o']t exist|does not exist|do not exist|did not exist|"
    r"not exist|no longer|invalid\b|unavailable|not valid|not recogni[sz]ed|nonexistent|"
    r"non-existent|unroutable|not listed|not registered|not here|isn't|"
    r"couldn't be found|could not be found|can't be found|cannot be found|wasn't found|"
    r"was not found|discontinued|closed|terminated|deactivated|deleted|"
    r"has (?:been )?(?:moved|changed)|ceased|not (?:a )?(?:known|local|our))",
    r"doesn't have an? (?:[\w.]{1,60} )?account|indicated no smtp service|"
    r"domain \S{1,100} does not exist|inactive or does not exist|disabled or discontinued",
    r"do(?:es)? not have an? (?:\S+ )?(?:account|mailbox)|dd .{0,80} doesn't have",
    r"\b(?:user|recipient|address|mailbox|account)s?[ _-]?(?:unknown|not[ _-]?found|"
    r"does not exist)",
    r"unknown (?:local[- ]part|address error|or illegal alias)|can't find \S+ in (?:alias|the)",
    r"recipient(?:notfound| not ?found)|RecipNotFound|RESOLVER\.ADR\.(?:Ex)?Recip|not our customer",
    r"no mailbox here|no mailbox by that name|no account by that name|not a known user",
    r"unrout(?:e)?able (?:address|mail domain)|mailbox name not allowed|not listed in",
    r"(?:name|names) (?:is|was|were|are)? ?(?:not recogni[sz]ed|not found)",
    r"\baddress rejected(?!: (?:access|greylist|policy|blocked|rejected|spf|domain|"
    r"temporar|(?:user |account |mailbox )?(?:is )?(?:disabled|inactive|suspended|over|full)))|"
    r"undeliverable address",
    r"unknown in (?:local|virtual|relay) (?:recipient|mailbox|alias)|user not local",
    r"(?:the )?email account that you tried to reach does not exist",
    r"address couldn't be found|wasn't found\b|couldn't be found|isn't found|cannot be found|"
    r"unknown to address",
    r"has (?:moved|left)\b|no longer (?:works|employed|with|in (?:use|service)|on (?:our|"
    r"this) server|"
    r"valid|available|accepts?|exists?)|is no longer",
    r"host (?:or domain name )?not found|host unknown|unknown (?:host|domain|mail ?domain)|"
    r"(?:domain|host)(?: name)? (?:does not exist|not found|unknown|is not valid|is invalid)|"
    r"no such (?:host|domain)|name or service not known|nxdomain|non-existent domain|"
    r"couldn't find any host|no mx (?:or a )?(?:record|host|found)|null ?mx|"
    r"domain (?:does not|doesn't) (?:accept|exist|receive)|"
    r"domain couldn't be found|bad destination (?:system|host)|"
    r"all relevant mx records point to non-existent|illegal host/domain",
    r"invalid(?: final delivery)? (?:user|address|recipient)|not a valid (?:user|mailbox|"
    r"recipient)",
    r"destination (?:user|mailbox|address) (?:unknown|not)|unknown recipient|no valid recipients?",
    r"delivery to (?:this|that) (?:user|address|mailbox) (?:has been|is) terminated",
    r"\bthis (?:user|account|mailbox|address|e-?mail)(?: \S+){0,4} (?:does ?n[o']t|"
    r"does not) (?:exist|have)",
    r"(?:宛先|アドレス|ユーザー|受信者).{0,12}(?:見つかりません|存在しません|不明)|宛先不明",
    # Exchange Online and others in the languages of the north and west of Europe.
    r"hittades inte|kunde inte hittas|finns inte|existerar inte|okänd (?:mottagare|användare)|"
    r"mottagaren (?:är )?okänd|ogiltig (?:mottagare|adress)",
    r"wurde nicht gefunden|nicht gefunden|existiert nicht|unbekannte[rn]? (?:empfänger|benutzer|"
    r"adresse)|(?:empfänger|benutzer)\w* (?:ist )?(?:unbekannt|ungültig)|gibt es nicht",
    r"introuvable|n'existe pas|n'a pas été trouvée?|(?:destinataire|utilisateur|adresse) inconnue?|"
    r"adresse (?:d.au moins un )?destinataire (?:invalide|incorrecte)",
    r"blev ikke fundet|ble ikke funnet|findes ikke|finnes ikke|eksisterer ikke|"
    r"ukendt (?:modtager|bruger)|ukjent (?:mottaker|bruker)|kunne ikke findes|"
    r"ei löydy|ei löytynyt|tuntematon (?:vastaanottaja|käyttäjä)|ei ole olemassa",
    r"no se (?:encontró|ha encontrado|pudo encontrar)|no existe|(?:usuario|"
    r"destinatario) desconocido|"
    r"não (?:foi encontrad|existe)|non (?:è stato trovato|esiste|trovat[oa])|"
    r"(?:utente|destinatario) (?:sconosciuto|inesistente)|niet gevonden|bestaat niet|"
    r"onbekende (?:gebruiker|ontvanger)|nie (?:został[ao]? )?znalezion|nie istnieje|neexistuje|"
    r"не существует|не найден|нет такого (?:пользователя|ящика)|неизвестный (?:получатель|"
    r"пользователь)",
)

# There is an address, and no room in it.
FULL = _any(
    r"(?:mail ?box|in ?box|mail ?drop|mail ?folder|account|user|recipient|quota|disk|storage|"
    r"mail ?store)\b.{0,60}\b(?:full\b|exceed|over ?quota|out of|over (?:its|the|his|their|"
    r"allotted))",
    r"(?:over|exceed\w*|out of|beyond) .{0,40}(?:quota|storage|space|disk|allocation|mailbox size)|"
    r"over ?quota|quota (?:exceeded|violation|full)|storage limit|zu ?viele mails|"
    r"mailbox (?:is )?full|mailfull|mbox full|"
    r"insufficient (?:system )?(?:storage|disk|resource)|"
    r"(?:not|not have) enough (?:storage|disk)? ?space|"
    r"no (?:disk )?space left|exceeded (?:the )?(?:local )?limit|exceeds? (?:the )?mailbox|"
    r"too (?:many|much) (?:messages|mail|data) (?:in|on)|(?:mailbox|account) .{0,30}size limit|"
    r"brevlådan är full|postlådan är full|inkorg\w* är full|postfach (?:ist )?voll|"
    r"(?:boîte|bo.te) (?:aux lettres )?(?:est )?pleine|postkassen er full|postboksen er full|"
    r"postilaatikko on täynnä|buzón (?:está )?lleno|caixa (?:de correio )?(?:está )?cheia|"
    r"casella piena|postvak (?:is )?vol|ящик (?:пере)?полн|переполнен|"
    r"メールボックス.{0,10}(?:一杯|超)",
)

# There is an address, and it is shut: for a while, or for good.
CLOSED = _any(
    r"suspend|\binactive|\bfrozen|\blocked|\bdisabled|deactivated temporarily|(?:is|been) "
    r"not active|not been used|not activated|archived recipient|not active\b|"
    r"(?:not|isn't) (?:accepting|receiving) (?:any |new )?(?:mail|e-?mail|messages)|"
    r"unpaid|on (?:administrative )?hold|"
    r"(?:avaktiverad|inaktiverad|spärrat konto|deaktiviert|désactivée?|deaktivert|deaktiveret)",
)

# More than they take at once, or sooner than they like.
TOO_MUCH = _any(
    r"(?:over|too) (?:rate|busy)|too many (?:connections|concurrent|messages|recipients|emails|"
    r"mails|sessions|requests)|\brate[- ]?limit|throttl|(?:connection|message) (?:rate|frequency|"
    r"limit)|(?:frequency|sending) limit|frequency (?:is )?limited|receiving (?:mail|messages) "
    r"(?:at a rate|too (?:quickly|fast))|gr[ae]y ?list|concurrent connections|"
    r"not accepting connections",
)

# A program of theirs failed.
MACHINE = _any(
    r"procmail:|maildrop:|dovecot-lda|"
    r"can'?t (?:create|open|write|lock) (?:output|file|mail|temp)|couldn'?t (?:create|open|lock) "
    r'["/\w]|cannot (?:create|append|write|lock) (?:to )?(?:file|mail|temp|the mail)|'
    r"(?:command|child) (?:died|failed|exited|time limit)|unknown mailer error|"
    r"service (?:configuration|unavailable\.? local) error|local delivery (?:failed|error)",
)

# Their machines, or the way to them: the same message might be taken another day.
BROKEN = _any(
    r"temporar(?:y|ily)|try (?:again|later)",
    r"too many hops|hop count|mail (?:forwarding )?loop|routing loop|loops? back|loop detected|"
    r"connection (?:timed ?out|refused|reset|lost|was (?:closed|dropped))|timed? ?out|"
    r"no route to host|network (?:is )?unreachable|unable to connect|could not connect|"
    r"host(?: is)? unreachable|lost connection|failed to connect|cannot connect|"
    r"wasn't able to establish an smtp connection|sorry, i wasn't able to establish",
    r"internal (?:server |software |system )?error|(?:configuration|config) error|"
    r"system (?:error|failure|resources)|(?:i/o|disk|write|read|database|ldap) error|"
    r"can'?t (?:create|open|write|lock)|cannot (?:create|open|write|append)|couldn't create|"
    r"command (?:output|died|failed|time limit)|(?:local )?(?:mailer|delivery agent|pipe|filter) "
    r"(?:error|failed|exit|returned)|service unavailable|procmail|permission denied|"
    r"server (?:unavailable|is unavailable|busy)|mail system (?:is )?(?:unavailable|full)|expired|"
    r"lowest numbered mx record points to local host|isn't in my control/locals|no route found|"
    r"suspected mail loop|network error on destination|closed unexpectedly|undeliverable for|"
    r"gave up|failing for a long time|retry time(?:out)? (?:not reached|exceeded)|retry limit|"
    r"cannot send message for|delivery time ?(?:expired|out)|lifetime|dns (?:error|failure|"
    r"timeout)",
)

# The reader, or a list the reader is on, takes mail from few.
RESTRICTED = _any(
    r"recipient preferences|not (?:a )?member|only (?:members|allowed)|subscribers? only|"
    r"permissions? to (?:post|send|submit)|moderat|members? of this (?:mailing )?list|"
    r"RESOLVER\.RST|UnifiedGroupAgent|delivery restriction|"
    r"only accepts? (?:mail|e-?mail|messages) from|recipient(?:'s)? (?:has )?(?:refuse|reject|"
    r"block)\w* (?:mail|e-?mail|messages?) from|personal (?:black|block) ?list|"
    r"blocked by the recipient|allowed[- ]senders? list|"
    r"not (?:allowed|permitted|authori[sz]ed) to (?:post|send|mail) to this (?:mailing )?(?:list|"
    r"group)|inte behörighet|keine berechtigung|nicht berechtigt|pas (?:l'|d')?autoris|"
    r"ikke (?:til?ladelse|tillatelse|adgang til at sende)|ei ole oikeutta|no tiene(?:s)? permiso|"
    r"não tem permissão|non (?:è|sei) autorizzat|geen (?:toestemming|machtiging)|権限",
)

# Refused for what we are: nobody may be called dead for it, whatever else is said.
ABOUT_US = _any(
    r"\bspf\b|\bdkim\b|\bdmarc\b|\bdkim1?-|\badsp\b|unauthenticated|(?:not|isn't) authenticated|"
    r"authentication (?:required|check|fail|information|results?)|5\.7\.26|sender id|"
    r"domain (?:owner|key)|(?:lacks|does not have) (?:valid )?authentication",
    r"\bspam|\bubce?\b|\bube\b|unsolicited|bulk (?:mail|e-?mail)|junk ?mail|phish|"
    r"(?:virus|malware|infected|worm)\b|malicious|suspicious|advertis",
    r"block(?:ed|ing|[- ]?list)|black ?list|black-?hole|deny ?list|denied|\brbl\b|\bdnsbl\b|"
    r"(?<!not )listed (?:at|in|on|by)|spamhaus|spamcop|barracudacentral|sorbs\.net|senderscore|"
    r"reputation|\bbanned\b|blockliste|bloqu[eé]|spärr",
    r"relay(?:ing)? (?:access )?(?:denied|not|is not|prohibited)|unable to relay|(?:not|"
    r"cannot) relay|"
    r"\brelay(?:ing)? (?:is )?(?:disabled|disallowed|blocked)|no relaying|"
    r"i cannot deliver mail for",
    r"(?:(?<!to )(?<!to the )sender|from (?:address|domain|header)|return[- ]path|mail from|"
    r"envelope)\b.{0,60}(?:reject|denied|invalid|refused|"
    r"not (?:exist|found|valid|verif|allowed)|unknown|does not (?:exist|resolve)|unverif|bad\b|"
    r"block|unresolv|malformed|illegal|syntax|must)",
    r"sender verif|(?:reject|denied|invalid|refus|unverif|could not verify|verify|cannot verify|"
    r"bad|block|"
    r"unresolvable)\w* .{0,30}(?:sender|from address|return path|originator)|callout verification",
    r"(?:helo|ehlo|reverse dns|\brdns\b|\bptr\b|fcrdns|no (?:reverse|ptr)|reverse (?:lookup|"
    r"hostname|mapping)|cannot find your (?:reverse )?hostname|client host)",
    r"\bstarttls\b|must issue|encryption (?:required|needed)|tls (?:required|is required)",
    r"submissionquotaexceeded|hourly|daily (?:limit|quota|sending)|sending quota",
)

# Refused for what we wrote, or by a rule that is not told; asked only where nothing says more.
REFUSED = _any(
    r"polic(?:y|ies)|prohibit|not (?:permitted|allowed|authori[sz]ed)|unauthori[sz]ed|"
    r"forbidden|restrict(?:ed|ions?)|disallow|does not allow|refus(?:es|ed) (?:due|because|by|to "
    r"(?:accept|deliver|talk))",
    r"content (?:reject|filter|not|denied|block|error|policy|violation)|(?:message|mail|e-?mail) "
    r"(?:was |has been |is )?(?:content )?(?:reject|filtered|blocked|refused|quarantin|denied|"
    r"discarded)|"
    r"(?:message|content|body|attachment|header|file|mime) .{0,40}(?:reject|not accept|unaccept|"
    r"not allow|illegal|malformed|prohibit|forbidden)|rejected (?:by|due|because|for|as)|"
    r"will not accept delivery|filtered|transaction rejected|administrat(?:ive|or|ively) |"
    r"not (?:rfc|compliant|in compliance)|rfc ?\d{3,4} (?:violat|complian)|(?:missing|duplicate|"
    r"invalid) header",
    r"(?:message|mail|e-?mail|data|content|file|attachment)s? (?:size|length|is too|too|exceeds)"
    r".{0,40}(?:exceed|too|big|large|limit|maximum|larger|size)|too (?:large|big|long)\b|"
    r"exceeds? (?:the )?(?:fixed |maximum |allowed )?(?:message )?(?:maximum )?(?:file )?size|"
    r"size (?:limit|of).{0,30}exceed|(?:maximum|max) (?:allowed )?(?:message )?size|"
    r"larger than|zu gross|zu groß|för stor|trop (?:gros|volumineux)",
    r"åtkomst nekad|avvisad|nekas|zugriff verweigert|abgelehnt|abgewiesen|accès refusé|refusé|"
    r"rejeté|adgang nægtet|ingen tilgang|avvist|acceso denegado|rechazad|rifiutat|geweigerd|"
    r"отклонен|заблокирован",
)
