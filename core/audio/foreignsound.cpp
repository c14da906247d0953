// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audio/foreignsound.h"

#include "core/audio/ogg/oggcodec.h"
#include "core/audio/ogg/oggpage.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

struct Sign {
    qsizetype at;
    QByteArrayView bytes;
    QStringView name;
};

QString bySign(QByteArrayView start)
{
    static const std::array<Sign, 17> signs{{
        {8, "WAVE", u"WAV"},
        {8, "AIFF", u"AIFF"},
        {8, "AIFC", u"AIFF"},
        {0, "fLaC", u"FLAC outside of Ogg"},
        {0, "\x1A\x45\xDF\xA3", u"WebM or Matroska"},
        {4, "ftyp", u"MP4"},
        {4, "styp", u"MP4"},
        {0, "\x30\x26\xB2\x75", u"Windows Media"},
        {0, ".snd", u"AU"},
        {0, "caff", u"CAF"},
        {0, "#!AMR", u"AMR"},
        {0, "FLV", u"Flash video"},
        {0, "ADIF", u"AAC in ADIF"},
        {0, "wvpk", u"WavPack"},
        {0, "\x0B\x77", u"AC-3"},
        {0, "<!DOCTYPE", u"a web page"},
        {0, "<html", u"a web page"},
    }};
    for (const Sign &sign : signs) {
        if (start.size() >= sign.at + sign.bytes.size() &&
            start.sliced(sign.at, sign.bytes.size()).compare(sign.bytes, Qt::CaseInsensitive) == 0)
            return sign.name.toString();
    }
    return {};
}

/// Beginnings that follow one another in a fixed distance.
QString byRhythm(QByteArrayView start)
{
    constexpr qsizetype packet = 188;
    if (start.size() > 2 * packet && start[0] == 'G' && start[packet] == 'G' && start[2 * packet] == 'G')
        return u"MPEG-TS"_s;
    qsizetype at = 0;
    int found = 0;
    while (start.size() - at >= 3 && found < 3) {
        const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(start[at + i]); };
        if (byte(0) != 0x56 || (byte(1) & 0xE0) != 0xE0)
            return {};
        at += 3 + ((byte(1) & 0x1F) << 8 | byte(2));
        ++found;
    }
    return found == 3 ? u"AAC in LATM"_s : QString();
}

QString nameOfOggCodec(QByteArrayView packet)
{
    static const std::array<Sign, 6> codecs{{{0, "Speex   ", u"Speex"},
                                             {0, "\x80theora", u"Theora"},
                                             {0, "PCM     ", u"PCM in Ogg"},
                                             {0, "CELT    ", u"CELT"},
                                             {0, "OVP80", u"VP8 in Ogg"},
                                             {0, "BBCD", u"Dirac"}}};
    for (const Sign &codec : codecs) {
        if (packet.startsWith(codec.bytes))
            return codec.name.toString();
    }
    return u"Ogg with a codec that is not known here"_s;
}

/// Several streams may begin together; one that can be played is enough.
QString inOgg(QByteArrayView start)
{
    QString name;
    for (;;) {
        const OggProbe probe = probeOggPage(start);
        if (probe.kind != OggProbe::Kind::Page)
            return {};
        if (!probe.page.beginsStream)
            return name;
        QByteArrayView first;
        probe.page.forEachPacket([&first](QByteArrayView part, bool, bool) {
            if (first.isNull())
                first = part;
        });
        if (parseOggCodec(first))
            return {};
        if (!first.startsWith("fishead")) // an index of the others
            name = nameOfOggCodec(first);
        start = start.sliced(probe.page.bytes.size());
    }
}

} // namespace

QString foreignSound(QByteArrayView start)
{
    if (start.startsWith("OggS"))
        return inOgg(start);
    const QString name = bySign(start);
    return name.isEmpty() ? byRhythm(start) : name;
}

} // namespace cycast
