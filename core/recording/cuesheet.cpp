// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/cuesheet.h"

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr int cueFramesPerSecond = 75;

QByteArray quoted(QString text)
{
    text = text.simplified();
    const QByteArray end = text.endsWith(u'\\') ? " \"" : "\"";
    return '"' + text.replace(u'"', u'\'').toUtf8() + end;
}

QByteArray twoDigits(qint64 number)
{
    return QByteArray::number(number).rightJustified(2, '0');
}

QByteArray cueTime(Flicks start)
{
    const qint64 frames = start / (flicksPerSecond / cueFramesPerSecond);
    const qint64 seconds = frames / cueFramesPerSecond;
    return twoDigits(seconds / 60) + ':' + twoDigits(seconds % 60) + ':' +
           twoDigits(frames % cueFramesPerSecond);
}

} // namespace

QByteArray writeCueSheet(const CueSheet &sheet)
{
    QByteArray out = "TITLE " + quoted(sheet.title) + "\r\n";
    int number = 0;
    for (const CueSheet::File &file : sheet.files) {
        // Two kinds of compressed file are known to the format by name; the second stands for all others.
        const bool isMp3 = file.name.endsWith(".mp3"_L1);
        out += "FILE " + quoted(file.name) + (isMp3 ? " MP3\r\n" : " WAVE\r\n");
        for (const CueSheet::Track &track : file.tracks) {
            if (number == mostCueTracks)
                return out;
            out += "  TRACK " + twoDigits(++number) + " AUDIO\r\n";
            out += "    TITLE " + quoted(track.title) + "\r\n";
            if (!track.artist.isEmpty())
                out += "    PERFORMER " + quoted(track.artist) + "\r\n";
            out += "    INDEX 01 " + cueTime(track.start) + "\r\n";
        }
    }
    return out;
}

CueSheet lastPart(const CueSheet &sheet, qsizetype &part)
{
    qsizetype all = 0;
    for (const CueSheet::File &file : sheet.files)
        all += file.tracks.size();
    part = std::max<qsizetype>(0, all - 1) / mostCueTracks + 1;
    qsizetype before = (part - 1) * mostCueTracks;
    CueSheet last;
    last.title = sheet.title;
    for (const CueSheet::File &file : sheet.files) {
        if (before >= file.tracks.size() && before > 0) {
            before -= file.tracks.size();
            continue;
        }
        last.files.append({file.name, file.tracks.sliced(before)});
        before = 0;
    }
    return last;
}

} // namespace cycast
