// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/coretexts.h"

#include "core/config/settings.h"
#include "ui/look/language.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr const char *patterns[] = {
    // Who knocked, and why not.
    QT_TRANSLATE_NOOP(
        "Core",
        "wrong user name or password; use the user \"source\" and the source password of this station."),
    QT_TRANSLATE_NOOP("Core", "a user name and a password are needed: the user \"source\" and the source "
                              "password of this station."),
    QT_TRANSLATE_NOOP(
        "Core",
        "too many wrong passwords came from this address, and too many tries are waiting for their turn; "
        "try again in %1 s with the right one."),
    QT_TRANSLATE_NOOP("Core", "too many wrong passwords came from this address; wait %1 s."),
    QT_TRANSLATE_NOOP("Core", "wrong password; enter the source password of this station."),
    QT_TRANSLATE_NOOP("Core", "the password was right, but %1."),
    QT_TRANSLATE_NOOP("Core", "The mount of this station is %1; set it in your program."),
    QT_TRANSLATE_NOOP("Core", "MP3 (audio/mpeg), AAC (audio/aac) and Ogg with Vorbis, Opus or FLAC "
                              "(audio/ogg) are understood, %1 is not; choose one of them in your program."),
    QT_TRANSLATE_NOOP("Core", "Mountpoint in use: two encoders throw each other off the air again and again "
                              "(%1). The one that is on stays; stop the other."),
    QT_TRANSLATE_NOOP("Core", "Took over from %1."),
    QT_TRANSLATE_NOOP("Core", "Connected."),
    QT_TRANSLATE_NOOP(
        "Core",
        "This is the port for listeners; live sources connect to port %1 (advanced.strict_ports is on)."),
    QT_TRANSLATE_NOOP("Core", "its header lines did not arrive in time"),
    QT_TRANSLATE_NOOP("Core", "it hung up before its header lines were complete"),
    QT_TRANSLATE_NOOP("Core", "its header lines cannot be read"),
    QT_TRANSLATE_NOOP("Core", "%1 (%2 times more before)"),
    // Moments of a broadcast.
    QT_TRANSLATE_NOOP("Core", "On the air at %1."),
    QT_TRANSLATE_NOOP("Core", "Off the air."),
    QT_TRANSLATE_NOOP("Core", "Skipped %1."),
    QT_TRANSLATE_NOOP("Core", "Live: %1 from %2."),
    QT_TRANSLATE_NOOP("Core", "The live source at %1 has ended: %2."),
    QT_TRANSLATE_NOOP("Core",
                      "The playlist could not be read fast enough; silence keeps the listeners connected."),
    QT_TRANSLATE_NOOP("Core", "Settings changed: %1."),
    QT_TRANSLATE_NOOP("Core", "the source sent nothing for %1 s"),
    QT_TRANSLATE_NOOP("Core", "the source disconnected"),
    QT_TRANSLATE_NOOP("Core", "the source ended its upload"),
    QT_TRANSLATE_NOOP("Core", "the source sent a broken chunked body"),
    QT_TRANSLATE_NOOP("Core", "the source sent no sound for %1 s"),
    QT_TRANSLATE_NOOP("Core",
                      "it sends %1, which cannot be broadcast: choose MP3, AAC or Ogg in the program"),
    QT_TRANSLATE_NOOP("Core",
                      "what it sends is neither MP3 nor AAC nor Ogg: check the format in the program"),
    QT_TRANSLATE_NOOP("Core", "what it sends is no sound any more: check the program"),
    QT_TRANSLATE_NOOP(
        "Core", "it sent a megabyte without any sound in it: leave pictures and tags out in the program"),
    QT_TRANSLATE_NOOP("Core", "the header of its Ogg stream has %1 kB, 64 are allowed: leave the picture out "
                              "in the program"),
    QT_TRANSLATE_NOOP("Core", "another source took its place"),
    QT_TRANSLATE_NOOP("Core", "another source took over"),
    QT_TRANSLATE_NOOP("Core", "the station went off the air"),
    QT_TRANSLATE_NOOP("Core", "removed by you"),
    QT_TRANSLATE_NOOP("Core", "removed by the admin"),
    QT_TRANSLATE_NOOP("Core", "What %1 sends is converted to %2."),
    QT_TRANSLATE_NOOP("Core", "What %1 sends could not be converted: %2."),
    QT_TRANSLATE_NOOP("Core", "what it sends could not be converted: %1"),
    QT_TRANSLATE_NOOP("Core", "The disk is too slow for the recording: a part of it will be missing. The "
                              "stream goes on without fault."),
    QT_TRANSLATE_NOOP("Core", "The recording has stopped: %1. What was recorded until then is in %2."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The recording has stopped: the folder %1 cannot be made. Choose another one in the settings."),
    QT_TRANSLATE_NOOP("Core", "The recording has stopped: %1 cannot be written: %2."),
    // What the built-in listener hears.
    QT_TRANSLATE_NOOP("Core", "Waiting for the first sound."),
    QT_TRANSLATE_NOOP("Core", "The built-in listener hears the programme."),
    QT_TRANSLATE_NOOP("Core", "Listeners hear silence: the sound has been mute for %1 s."),
    QT_TRANSLATE_NOOP("Core", "Listeners hear nothing: no audio has come for %1 s."),
    QT_TRANSLATE_NOOP("Core", "Nobody can listen: the station does not answer on its own port."),
    QT_TRANSLATE_NOOP("Core", "The titles that players get are not those of what plays."),
    // Why it cannot go on the air.
    QT_TRANSLATE_NOOP("Core",
                      "Port %1 is already in use by another program; close it or choose another port."),
    QT_TRANSLATE_NOOP("Core", "Port %1 needs administrator rights; choose a port from 1024 on."),
    QT_TRANSLATE_NOOP("Core", "Port %1 cannot be opened: %2."),
    QT_TRANSLATE_NOOP("Core", "This machine has no address %1 (server.host)."),
    QT_TRANSLATE_NOOP("Core", "The address \"%1\" in server.host is not an IP address of this machine; use "
                              "0.0.0.0 for every address."),
    QT_TRANSLATE_NOOP("Core", "The file %1 cannot be read: %2."),
    QT_TRANSLATE_NOOP("Core", "The file %1 is too large for a certificate."),
    QT_TRANSLATE_NOOP("Core", "https is not possible here: Qt's TLS support (OpenSSL) is missing."),
    QT_TRANSLATE_NOOP("Core", "The file %1 contains no certificate: expected PEM text that begins with "
                              "-----BEGIN CERTIFICATE-----."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The key in %1 has a pass phrase of its own; store it without one, readable by this user only."),
    QT_TRANSLATE_NOOP("Core", "The key in %1 does not belong to the certificate in %2."),
    QT_TRANSLATE_NOOP("Core", "The certificate expired on %1: players refuse it; renew it."),
    QT_TRANSLATE_NOOP("Core", "The certificate is valid from %1 on only: check this computer's clock."),
    QT_TRANSLATE_NOOP("Core", "The certificate expires on %1: renew it soon."),
    // Lines of the log panel.
    QT_TRANSLATE_NOOP("Core", "Now playing: %1"),
    QT_TRANSLATE_NOOP("Core", "Listener %1 joined: %2, %3."),
    QT_TRANSLATE_NOOP("Core", "Listener %1 (%2, %3) left: %4, %5 bytes."),
    QT_TRANSLATE_NOOP("Core", "Listener %1 (%2) was too slow and skipped ahead."),
    QT_TRANSLATE_NOOP("Core", "Refused %1, %2 (%3): %4"),
    QT_TRANSLATE_NOOP("Core", "%1 more lines about listeners were left out."),
    QT_TRANSLATE_NOOP("Core", "%1 more lines about live sources were left out."),
    QT_TRANSLATE_NOOP("Core",
                      "this station has no pass phrase for live sources yet; its owner adds a line such as "
                      "source_password = \"...\" to the block server of its settings file."),
    QT_TRANSLATE_NOOP("Core", "There are no settings that could be used."),
    QT_TRANSLATE_NOOP("Core", "Refused a title from %1: wrong user name or password."),
    QT_TRANSLATE_NOOP("Core", "Recording into %1."),
    QT_TRANSLATE_NOOP("Core", "Read the settings again from %1."),
    QT_TRANSLATE_NOOP("Core", "First start: wrote %1 with a pass phrase of its own."),
    QT_TRANSLATE_NOOP("Core", "%1 (%2) connected as live source."),
    QT_TRANSLATE_NOOP("Core", "%1 left before any of it was heard: %2."),
    // What is wrong with a setting.
    QT_TRANSLATE_NOOP("Core", "is %1: expected %2"),
    QT_TRANSLATE_NOOP("Core", "is \"%1\": expected %2"),
    QT_TRANSLATE_NOOP("Core", "not a number"),
    QT_TRANSLATE_NOOP("Core", "%1 to %2"),
    QT_TRANSLATE_NOOP("Core", "%1 to %2 bytes"),
    QT_TRANSLATE_NOOP("Core", "%1, or -1 for automatic"),
    QT_TRANSLATE_NOOP("Core", "true or false"),
    QT_TRANSLATE_NOOP("Core", "text in quotes"),
    QT_TRANSLATE_NOOP("Core", "contains a line break, a tab or another control character: remove it. If a "
                              "backslash is meant, write it twice in the file, as in \"C:\\\\music\\\\new\": "
                              "single ones begin an escape such as \\n (Cycast's own reader kept them)"),
    QT_TRANSLATE_NOOP("Core", "has %1 characters: expected at most %2"),
    QT_TRANSLATE_NOOP(
        "Core", "is empty: expected an address such as 0.0.0.0 (every network) or 127.0.0.1 (this computer)"),
    QT_TRANSLATE_NOOP(
        "Core",
        "is \"%1\": expected an address alone, such as 0.0.0.0 or 192.168.1.20, without http:// or a port"),
    QT_TRANSLATE_NOOP(
        "Core", "is %1, and so is server.source_port: expected two different ports, such as 8000 and 8001"),
    QT_TRANSLATE_NOOP("Core",
                      "is empty, so live sources are refused: expected a line such as source_password = "
                      "\"...\" in the block server, with a pass phrase of your own"),
    QT_TRANSLATE_NOOP("Core", "is \"hackme\", which everybody knows, and server.host lets other computers "
                              "connect: expected a pass phrase of your own, or server.host = \"127.0.0.1\""),
    QT_TRANSLATE_NOOP("Core",
                      "is \"hackme\", which everybody knows. That is accepted because only this computer can "
                      "connect; choose a pass phrase of your own before you open the station to others"),
    QT_TRANSLATE_NOOP("Core", "is \"%1\": expected a slash and a name, such as /stream"),
    QT_TRANSLATE_NOOP(
        "Core", "is \"%1\": expected no spaces, quotes or any of ? # & % < > and backslash, as in /stream"),
    QT_TRANSLATE_NOOP("Core", "is \"%1\": addresses that begin with %2 belong to the server; expected "
                              "another name, such as /stream"),
    QT_TRANSLATE_NOOP("Core", "is \"%1\": expected no . or .. between slashes"),
    QT_TRANSLATE_NOOP("Core", "is empty: expected a folder, such as ./music"),
    QT_TRANSLATE_NOOP("Core", "is empty: expected at least one, such as [\".mp3\"]"),
    QT_TRANSLATE_NOOP("Core", "contains \"%1\": expected file name extensions, such as \".mp3\""),
    QT_TRANSLATE_NOOP("Core", "is %1, and encoder.format is \"opus\": expected 48000, the only rate of Opus"),
    QT_TRANSLATE_NOOP("Core",
                      "is %1: expected 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 or 8000 Hz"),
    QT_TRANSLATE_NOOP("Core", "is %1: MP3 at %2 Hz has %3 kbit/s; expected one of these"),
    QT_TRANSLATE_NOOP("Core", "is %1: expected at most %2 kbit/s with %3 at %4 Hz and %5"),
    QT_TRANSLATE_NOOP(
        "Core",
        "needs a user name, a colon and a pass phrase in each of its texts, as in \"anna:blue river stone\""),
    QT_TRANSLATE_NOOP("Core", "contains a control character or more than 300 characters for \"%1\""),
    QT_TRANSLATE_NOOP("Core",
                      "gives \"%1\" the pass phrase \"hackme\", which everybody knows: expected another one"),
    QT_TRANSLATE_NOOP("Core", "names the user \"%1\" twice (\"source\" and \"admin\" have settings of their "
                              "own): expected a name for each"),
    QT_TRANSLATE_NOOP("Core", "is \"hackme\", which everybody knows: expected a pass phrase of your own, or "
                              "nothing, which closes the admin pages"),
    QT_TRANSLATE_NOOP("Core", "is the same as server.source_password: whoever may go live can also send "
                              "listeners away; choose another one"),
    QT_TRANSLATE_NOOP(
        "Core",
        "contains \"%1\": expected addresses such as 127.0.0.1 or ::1, or subnets such as 10.0.0.0/8"),
    QT_TRANSLATE_NOOP("Core", "names a key, but server.tls_certificate is empty: expected both, or neither"),
    QT_TRANSLATE_NOOP(
        "Core", "names a certificate, but server.tls_certificate is empty: the first one belongs there"),
    QT_TRANSLATE_NOOP("Core",
                      "names a key, but server.tls_second_certificate is empty: expected both, or neither"),
    QT_TRANSLATE_NOOP(
        "Core", "is \"%1\": expected processors by number, such as \"0,2-3\", or nothing for all of them"),
    QT_TRANSLATE_NOOP("Core", "The settings could not be saved to %1: %2. The file is as it was."),
    QT_TRANSLATE_NOOP("Core", "%1 is no settings file of Icecast: it begins with <%2>."),
    QT_TRANSLATE_NOOP("Core", "%1 holds none of the settings that are known here."),
    // What is wrong with a file.
    QT_TRANSLATE_NOOP("Core", "“%1” is not there: it was moved, renamed or deleted."),
    QT_TRANSLATE_NOOP("Core", "“%1” is a folder, not a file: add the files in it."),
    QT_TRANSLATE_NOOP("Core", "“%1” is a pipe or a device, not a file: only plain files can be played."),
    QT_TRANSLATE_NOOP("Core", "“%1” is empty: copy it again from where it came from."),
    QT_TRANSLATE_NOOP("Core", "“%1” may not be read: change its permissions, or those of its folder."),
    QT_TRANSLATE_NOOP("Core", "“%1” could not be opened: too many files are open. Close other programs."),
    QT_TRANSLATE_NOOP("Core", "“%1” could not be opened: %2."),
    QT_TRANSLATE_NOOP("Core", "“%1” is not music: nothing in it could be recognised as sound."),
    QT_TRANSLATE_NOOP("Core", "“%1” holds no sound."),
    QT_TRANSLATE_NOOP("Core", "“%1” holds no MP3 sound: it is damaged or something else with this name."),
    QT_TRANSLATE_NOOP("Core", "“%1” is a video without sound."),
    QT_TRANSLATE_NOOP("Core", "“%1” is protected (DRM): only the program it was bought with can play it."),
    QT_TRANSLATE_NOOP("Core", "“%1” is copy-protected: only the program of the shop that sold it can play "
                              "it. Use an unprotected copy."),
    QT_TRANSLATE_NOOP("Core",
                      "“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3."),
    QT_TRANSLATE_NOOP("Core", "“%1” cannot be played: its format (%2) is not known here."),
    QT_TRANSLATE_NOOP("Core", "“%1” cannot be played: what it says about its format makes no sense."),
    QT_TRANSLATE_NOOP("Core", "“%1” cannot be played: %2."),
    QT_TRANSLATE_NOOP("Core", "“%1” is damaged: no sound in it could be decoded."),
    QT_TRANSLATE_NOOP("Core", "“%1” is damaged: there is no sound in it from %2 MB on."),
    QT_TRANSLATE_NOOP(
        "Core",
        "“%1” is damaged in a way that ends the decoder. Convert it with another program, or get it again."),
    QT_TRANSLATE_NOOP(
        "Core",
        "“%1” was left out: its decoder did not get on with it. Check the disk it is on, or get it again."),
    QT_TRANSLATE_NOOP("Core", "“%1” could not be read on: %2. Check the disk it is on."),
    QT_TRANSLATE_NOOP(
        "Core",
        "“%1” does not answer: the disk it is on hangs, or its network is gone. It is tried again later."),
    QT_TRANSLATE_NOOP("Core", "“%1” is damaged in a way that misleads the decoder."),
    QT_TRANSLATE_NOOP("Core", "“%1” was not looked into to its end: that takes longer than any music does, "
                              "or its disk does not answer."),
    QT_TRANSLATE_NOOP(
        "Core", "“%1” was cut off: its decoder, cycast-codec, was ended from outside. It is tried again."),
    QT_TRANSLATE_NOOP("Core", "“%1” could not be handed over: too many files are open."),
    QT_TRANSLATE_NOOP("Core",
                      "“%1” is not a playlist: it holds no text. Choose an M3U, PLS, XSPF or CUE file."),
    QT_TRANSLATE_NOOP("Core",
                      "“%1” describes an internet stream in pieces (HLS), not a list of music files."),
    QT_TRANSLATE_NOOP("Core", "“%1” could not be read as a playlist, %2"),
    QT_TRANSLATE_NOOP("Core", "“%1” is too large for a playlist (more than 64 MB)."),
    QT_TRANSLATE_NOOP("Core", "“%1” is an internet address, and only files can be played: save it on this "
                              "computer, then add it."),
    QT_TRANSLATE_NOOP("Core", "“%1” is on another computer or device: mount it (open it in your file "
                              "manager), then add it from its folder there."),
    QT_TRANSLATE_NOOP(
        "Core", "“%1” is a network place of a Windows computer; add the file from where it is on this one"),
    QT_TRANSLATE_NOOP("Core",
                      "“%1” is a place on a Windows computer; add the file from where it is on this one"),
    QT_TRANSLATE_NOOP("Core", "“%1” names no file"),
    QT_TRANSLATE_NOOP("Core", "The folder “%1” may not be read: change its permissions."),
    QT_TRANSLATE_NOOP("Core", "The playlist could not be saved to %1: %2."),
    QT_TRANSLATE_NOOP("Core", "... and %1 more problems of this kind."),
    QT_TRANSLATE_NOOP("Core", "line %1: %2"),
    QT_TRANSLATE_NOOP("Core", "Only the first %1 folders are watched for new files."),
    // What a track needs attention for.
    QT_TRANSLATE_NOOP("Core", "It lasts %1 s only: is it the whole track?"),
    QT_TRANSLATE_NOOP("Core", "It ends with %1 s of silence, which listeners take for a fault."),
    QT_TRANSLATE_NOOP("Core", "It is far too loud (%1 LUFS): it is probably distorted already."),
    QT_TRANSLATE_NOOP("Core", "It is far too quiet (%1 LUFS): raising it would raise its noise too."),
};

/// A sentence in a place of a sentence in a place: deeper than that nobody builds them.
constexpr int deepest = 3;
/// What comes from outside may be long; a sentence of ours is not.
constexpr qsizetype longest = 4'000;

struct Pattern {
    const char *english = nullptr;
    QString begin; ///< up to its first place: told apart by that alone nearly always
    QRegularExpression shape;
    QList<int> places;   ///< the number after the % of each capture
    QList<bool> isWords; ///< of each: a sentence of the station, not a name that somebody chose
    qsizetype fixed = 0;
};

Pattern made(const char *english)
{
    Pattern pattern;
    pattern.english = english;
    const QString text = QString::fromUtf8(english);
    pattern.begin = text.left(text.indexOf(QRegularExpression(u"%[0-9]|$"_s)));
    pattern.fixed = text.size() - 2 * text.count(u'%');
    // "%1 to %2" is for numbers: with words in its places it would fit half of what people write.
    const QString place =
        pattern.fixed < 12 && text.startsWith(u'%') ? u"(-?[0-9][^ ]*(?: [^ ]+)?)"_s : u"(.+?)"_s;
    QString shape;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'%'); at >= 0 && at + 1 < text.size();
         at = text.indexOf(u'%', at + 1)) {
        if (!text.at(at + 1).isDigit())
            continue;
        const QString before = text.left(at);
        shape += QRegularExpression::escape(text.mid(from, at - from)) + place;
        pattern.isWords.append(before.isEmpty() || before.endsWith(": "_L1) || before.endsWith(", "_L1) ||
                               before.endsWith("expected "_L1) || before.endsWith(", but "_L1));
        pattern.places.append(text.at(at + 1).digitValue());
        from = at + 2;
    }
    shape += QRegularExpression::escape(text.mid(from));
    pattern.shape.setPattern(QRegularExpression::anchoredPattern(shape));
    pattern.shape.setPatternOptions(QRegularExpression::DotMatchesEverythingOption);
    return pattern;
}

/// The one that says most first: "is %1: expected %2" would fit many.
const QList<Pattern> &known()
{
    static const QList<Pattern> all = [] {
        QList<Pattern> list;
        for (const char *english : patterns)
            list.append(made(english));
        std::stable_sort(list.begin(), list.end(),
                         [](const Pattern &a, const Pattern &b) { return a.fixed > b.fixed; });
        return list;
    }();
    return all;
}

QString translated(const QString &english, int depth)
{
    if (english.isEmpty() || english.size() > longest || depth > deepest)
        return english;
    for (const Pattern &pattern : known()) {
        if (english.size() < pattern.fixed || !english.startsWith(pattern.begin))
            continue;
        const QRegularExpressionMatch match = pattern.shape.match(english);
        if (!match.hasMatch())
            continue;
        const QString wording = QCoreApplication::translate("Core", pattern.english);
        // Filled in by hand: QString::arg() would look for places in what a stranger wrote.
        QString result;
        for (qsizetype at = 0; at < wording.size(); ++at) {
            const bool isPlace =
                wording.at(at) == u'%' && at + 1 < wording.size() && wording.at(at + 1).isDigit();
            const qsizetype capture = isPlace ? pattern.places.indexOf(wording.at(at + 1).digitValue()) : -1;
            if (capture < 0) {
                result += wording.at(at);
                continue;
            }
            const QString part = match.captured(static_cast<int>(capture) + 1);
            result += pattern.isWords.at(capture) ? translated(part, depth + 1) : part;
            ++at;
        }
        return result;
    }
    return english;
}

} // namespace

QString coreText(const QString &english)
{
    return language::current() == "en"_L1 ? english : translated(english, 1);
}

QString coreText(const SettingsProblem &problem)
{
    const QString name = problem.field + u' ';
    if (problem.field.isEmpty() || !problem.sentence.startsWith(name) || !problem.sentence.endsWith(u'.'))
        return coreText(problem.sentence);
    return name + coreText(problem.sentence.mid(name.size()).chopped(1)) + u'.';
}

QStringList coreTexts(const QStringList &english)
{
    QStringList result;
    for (const QString &each : english)
        result.append(coreText(each));
    return result;
}

QList<const char *> corePatterns()
{
    return {std::begin(patterns), std::end(patterns)};
}

} // namespace cycast
