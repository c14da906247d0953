// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/mediafaults.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/codec/avinput.h"
#include "core/codec/loudnesscache.h"

#include <QFileInfo>

extern "C" {
#include <libavformat/avformat.h>
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// MP4 names the sample entries of encrypted sound "drms" (iTunes), "enca" (ISO/IEC 23001-7) and "aavd"
/// (Audible).
bool isProtected(const AVFormatContext &context)
{
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const auto tag = context.streams[i]->codecpar->codec_tag;
        if (tag == MKTAG('d', 'r', 'm', 's') || tag == MKTAG('e', 'n', 'c', 'a') ||
            tag == MKTAG('a', 'a', 'v', 'd'))
            return true;
    }
    return false;
}

bool hasVideo(const AVFormatContext &context)
{
    for (unsigned i = 0; i < context.nb_streams; ++i) {
        const AVStream &stream = *context.streams[i];
        if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
            (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0)
            return true;
    }
    return false;
}

bool mayBeProtected(const QString &suffix)
{
    static const QStringList kinds{u"m4p"_s, u"m4a"_s, u"m4b"_s, u"mp4"_s, u"aax"_s, u"aa"_s};
    return kinds.contains(suffix.toLower());
}

} // namespace

PlaylistEntry withFault(PlaylistEntry entry)
{
    entry.fault = EntryFault::None;
    const QFileInfo info(entry.path);
    if (entry.problem.isEmpty() && !mayBeProtected(info.suffix()))
        return entry;
    if (!isThere(entry.path)) {
        entry.fault = EntryFault::Missing;
        return entry;
    }
    const auto input = AvInput::open(entry.path);
    if (!input) {
        entry.fault = EntryFault::Unreadable;
        return entry;
    }
    const AVFormatContext &context = *(*input)->context();
    if (isProtected(context)) {
        entry.fault = EntryFault::Protected;
        entry.problem =
            u"“%1” is copy-protected: only the program of the shop that sold it can play it. Use an unprotected copy."_s
                .arg(shownName(entry.path));
    } else if ((*input)->audioStream() == nullptr) {
        entry.fault = EntryFault::NoSound;
        if (hasVideo(context))
            entry.problem = u"“%1” is a video without sound."_s.arg(shownName(entry.path));
    } else if (!entry.problem.isEmpty() && entry.format.isEmpty()) {
        entry.fault = EntryFault::Unreadable; // not even its kind could be told
    }
    return entry;
}

PlaylistEntry withLoudness(PlaylistEntry entry, const std::optional<Loudness> &loudness)
{
    const double measured = loudness ? loudness->lufs : silenceLufs;
    entry.loudnessLufs =
        static_cast<float>(entry.sound.taggedLufs != 0.0 ? entry.sound.taggedLufs : measured);
    entry.silentEndMs = loudness ? loudness->silentEndMs : 0;
    return entry;
}

PlaylistEntry withKnownLoudness(PlaylistEntry entry)
{
    entry.loudnessLufs = static_cast<float>(entry.sound.taggedLufs);
    entry.silentEndMs = -1;
    if (!entry.problem.isEmpty())
        return entry;
    for (const int channels : {2, 1}) { // as the station's stream has
        if (const auto known = LoudnessCache::shared().find(entry.path, channels))
            return withLoudness(std::move(entry), known->loudness);
    }
    return entry;
}

} // namespace cycast
