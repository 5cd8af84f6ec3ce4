"""What mail systems are known to say, and what it means for the address."""

import pytest

from newsroom.bounces.verdict import cause, enhanced_status, reply_code

NO_SUCH_ADDRESS = [
    (
        "550-5.1.1 The email account that you tried to reach does not exist. Please try "
        "550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 "
        "unnecessary spaces. Learn more at 550 5.1.1 "
        "https://support.google.com/mail/?p=NoSuchUser j1si123 - gsmtp"
    ),
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    (
        "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [AM6EUR05FT003.eop-"
        "eur05.prod.protection.outlook.com]"
    ),
    (
        "554 delivery error: dd This user doesn't have a yahoo.com account (asa@example.se) [0] - "
        "mta1.mail.bf1.yahoo.com"
    ),
    (
        "554 delivery error: dd Sorry your message to asa@example.se cannot be delivered. This "
        "account has been disabled or discontinued [#102]."
    ),
    "550 5.1.1 <asa@example.se>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
    "550 Requested action not taken: mailbox unavailable",
    "550 #5.1.0 Address rejected asa@example.se",
    "550 5.1.1 User unknown",
    "550 No Such User Here",
    "550 Invalid recipient asa@example.se (Mode: normal)",
    "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [xyz]",
    "550 permanent failure for one or more recipients (asa@example.se:550 5.1.1 User unknown)",
    "550 Unrouteable address",
    "550 5.1.1 unknown or illegal alias: asa@example.se",
    "550 <asa@example.se>: User not known",
    "550 5.1.1 asa@example.se: recipient not found",
    "551 5.1.1 not our customer",
    "550 unknown user <asa@example.se>",
    "550 asa@example.se unknown user account",
    "550 5.1.1 Mailbox does not exist!",
    "550 Recipient Rejected: No account by that name here",
    "550 5.1.0 asa@example.se user invalid",
    "550 asa@example.se No such mailbox",
    "550 5.1.1 Recipient unknown",
    "554 5.7.1 <asa@example.se>: Recipient address rejected: user asa@example.se does not exist",
    "550 5.1.6 recipient no longer on server: asa@example.se",
    "550 5.1.6 The recipient has moved",
    "553 5.3.0 <asa@example.se>... Address does not exist",
    "550 mailbox not found",
    "550 No such local user",
    "550 No such person at this address",
    "550 Address invalid",
    "550 5.1.1 ... is not a valid mailbox",
    "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)",
    (
        "Host or domain name not found. Name service error for name=foo.example type=AAAA: Host"
        " not found"
    ),
    "5.1.2 The domain does not exist",
    "Sorry, I couldn't find any host named foo.example. (#5.1.2)",
    "an MX or SRV record indicated no SMTP service",
    "all relevant MX records point to non-existent hosts",
    'Unrouteable mail domain "foo.example"',
    "550 5.1.1 The user does not exist",
    "550 5.1.1 Empfänger unbekannt",
    "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416",
    "550 5.1.1 unknown user / Teilnehmer existiert nicht",
    "550 5.1.1 account not found",
    "User kalle (asa@example.se) not listed in public Name & Address Book",
    "550 5.1.1 sorry, that address is not in my mailbox list",
    "550 5.0.0 asa@example.se... User unknown",
    "550 that user doesn't have an account here",
    "550 5.1.1 RCPT TO: asa@example.se User unknown",
    "550 Mailbox is inactive or does not exist",
    "550 5.4.310 DNS domain foo.example does not exist [Message=InfoDomainNonexistent]",
]
NOT_NOW = [
    "452 4.2.2 The email account that you tried to reach is over quota.",
    "552 5.2.2 mailbox full",
    "550 5.2.2 <asa@example.se>: user is over the quota",
    "554 5.2.2 mailbox full;",
    "552 Mailbox limit exeeded for this email address",
    "552 Requested mail action aborted: exceeded storage allocation",
    "550 Mailbox quota exceeded",
    "554 Mailbox over quota",
    "552-5.2.2 The recipient's inbox is out of storage space",
    "550 5.2.2 STOREDRV.Deliver.Exception:QuotaExceededException",
    "The recipient's mailbox is full and can't accept messages now.",
    "550 Account storage limit",
    "550 Quota exceeded (mailbox for user is full)",
    "550 Benutzer hat zuviele Mails auf dem Server.",
    "4.4.1 connect to mx: Connection timed out",
    "5.4.6 mail loop too many hops",
    "550 5.4.7 Delivery expired (message too old) [Default] 451 try later",
    "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints",
    "451 4.7.1 Greylisted, please try again",
    "450 4.1.1 user unknown try later",
    "5.4.4 retry timeout exceeded",
    "all hosts have been failing for a long time and were last tried after this message arrived",
    "553 5.3.5 system config error",
    "554 5.3.5 Local configuration error",
    "550 Account suspended",
    "550 5.2.1 The email account that you tried to reach is disabled.",
    "550 5.2.1 <asa@example.se>: Recipient address rejected: Account disabled",
    "550 5.7.1 Account suspended",
    "550 5.7.1 <asa@example.se>... Mailbox is full",
    "The user asa@example.se does not have enough space",
    "450-4.2.1 The user you are trying to contact is receiving mail too quickly.",
    "550 Ip frequency limited",
    "421 too many concurrent SMTP connections from this IP address",
    "550 5.2.121 RESOLVER.RST.RecipientRateLimit; the hourly message limit is exceeded",
    "550 5.1.1 Boite du destinataire archivee. Archived recipient. OFR004_418 [418]",
    "lowest numbered MX record points to local host",
    'Too many "Received" headers - suspected mail loop',
    (
        "Sorry. Although I'm listed as a best-preference MX or A for that host, it isn't in my "
        "control/locals file, so I don't treat it as local. (#5.4.6)"
    ),
    "This message is looping: it already has my Delivered-To line. (#5.4.6)",
    "No route found to domain a.example from server MAIL/Org",
    "Network error on destination MXs",
    "451 4.7.500 Server busy. Please try again later from [192.0.2.1].",
    "554-mx-aol.example ESMTP not accepting connections",
    "5.3.0 Command died with status 127: /usr/bin/vacation",
    '5.1.1 procmail: Couldn\'t create "/var/spool/mail/asa"',
    "550 5.4.300 Message expired -> 451 4.4.0",
    "552 5.2.2 Over quota",
]
ABOUT_US = [
    "550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    "550 5.7.26 Unauthenticated email from x is not accepted due to domain's DMARC policy",
    "550-5.7.1 Our system has detected that this message is likely unsolicited mail.",
    "554 5.7.1 Relay access denied",
    (
        "550 5.7.515 Access denied, sending domain example.se doesn't meet the required "
        "authentication level"
    ),
    (
        "550 SC-001 (BAY004) Unfortunately, messages from 192.0.2.1 weren't sent. Please contact "
        "your Internet service provider since part of their network is on our block list"
    ),
    "550 5.7.1 Message rejected due to content restrictions",
    "554 Message not allowed - [PH01] Email not accepted for policy reasons",
    "550 Administrative prohibition",
    (
        "550 Administrative prohibition - envelope blocked - "
        "https://community.mimecast.com/docs/DOC-1369#550"
    ),
    (
        "554 Email rejected due to security policies - "
        "https://community.mimecast.com/docs/DOC-1369#554"
    ),
    "550 Rejected by header based Anti-Spoofing policy: x",
    "550 permanent failure for one or more recipients (asa@example.se:blocked)",
    "554 rejected due to spam content",
    "550 5.1.8 Sender address rejected: Domain not found",
    "550 5.1.7 Invalid sender",
    "553 sorry, your envelope sender domain must exist (#5.7.1)",
    "554 5.7.1 <asa@example.se>: Sender address rejected: not logged in",
    "550 Sender verify failed",
    "550 5.7.124 UnifiedGroupAgent; user not authorised to send",
    "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
    "552 5.3.4 Message size exceeds fixed maximum message size",
    "552 5.2.3 Message length exceeds administrative limit",
    "550 5.6.0 Invalid header",
    "554 5.6.1 Body type not supported",
    "550 5.7.350 Remote server returned message detected as spam -> 554 Refused by spam filter",
    "550 5.7.606 Access denied, banned sending IP",
    "554 5.7.0 Reject, id=1-2 - BANNED: .exe",
    "550 Message contains a virus",
    "554 IP reputation poor",
    "550 You are not allowed to send mail to this address",
    "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
    "550 Blocked by Barracuda Reputation",
    "550 5.7.1 Client does not have permissions to send to this recipient",
    "554 Denied (Mode: normal)",
    "550 High probability of spam",
    "550 relay not permitted",
    "550 authentication required",
    "554 5.1.0 Sender denied",
    "550 HELO invalid",
    "554 5.7.1 no reverse DNS",
    "550 #5.7.1 Your access to submit messages to this e-mail system has been rejected.",
    "550 5.7.1 Unauthenticated email is not accepted from this domain",
    "523 the message size exceeds the recipient's size limit",
    "550 This message was classified as SPAM and may not be delivered",
    "571 Message Refused",
    (
        "554 5.7.1 The message from (<bo@example.se>) with the subject of (x) matches a profile "
        "the Internet community may consider spam"
    ),
    "550 Mail content denied",
    "550 I cannot deliver mail for {asa@example.se}",
    "521 5.2.1 : AOL will not accept delivery of this message.",
    "550 5.7.193 UnifiedGroupAgent; Delivery failed because the sender isn't a group member",
    "550 5.7.1 Du har inte behörighet att skicka till den här mottagaren.",
    "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
    "550 5.1.8 Access denied, bad outbound sender AS(42004)",
    "550 5.7.511 Access denied, banned sender[192.0.2.1].",
    "554 5.7.9 Message not accepted for policy reasons.",
    "554 Your access to this mail system has been rejected due to the sending MTA's reputation.",
    "550 5.6.0 M2MCVT.StorageError.Exception: ConversionFailedException",
    "450 4.1.8 <bo@example.se>: Sender address rejected: Domain not found",
    "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
    "421 Your host is listed on zen.spamhaus.org",
    "550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR record setup",
    "550 5.7.509 Access denied, sending domain example.se does not pass DMARC verification",
    "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
    "550 5.7.64 TenantAttribution; Relay Access Denied",
    "550 5.7.23 The message was rejected because of Sender Policy Framework violation",
    "553 Message filtered. Refer to the Troubleshooting page (#5.7.1)",
    "554 5.7.1 [HM08] Message rejected due to local policy.",
    "554 Connection refused. 192.0.2.1 is in a black list",
]


@pytest.mark.parametrize("words", NO_SUCH_ADDRESS)
def test_dead_addresses(words: str) -> None:
    """A mailbox or a domain that is not there is called dead."""
    assert cause(reply_code(words), enhanced_status(words), words).severity == "hard"


@pytest.mark.parametrize("words", NOT_NOW)
def test_what_may_pass(words: str) -> None:
    """What is full, busy or broken may pass."""
    assert cause(reply_code(words), enhanced_status(words), words).severity == "soft"


@pytest.mark.parametrize("words", ABOUT_US)
def test_what_is_held_against_us(words: str) -> None:
    """What is held against us, or against what we wrote, strikes no reader."""
    assert cause(reply_code(words), enhanced_status(words), words).severity == "policy"
