// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/formats/playlistfile.h"

#include "core/playlist/formats/playlistformats.h"
#include "core/playlist/formats/playlistlocation.h"

#include <QDir>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

enum class Format : quint8 { M3u, Pls, Xspf, Cue };

bool beginsWith(QByteArrayView bytes, QByteArrayView start)
{
    return bytes.size() >= start.size() &&
           QByteArrayView(bytes.first(start.size())).toByteArray().toLower() == start;
}

/// What the content says counts more than the name's ending: PLS and XSPF are easily told.
Format formatOf(QByteArrayView bytes, const QString &fileName)
{
    QByteArrayView start = bytes;
    if (start.startsWith("\xEF\xBB\xBF"))
        start = start.sliced(3);
    start = start.trimmed();
    if (beginsWith(start, "[playlist]"))
        return Format::Pls;
    if (beginsWith(start, "<?xml") || beginsWith(start, "<playlist"))
        return Format::Xspf;
    if (beginsWith(start, "#extm3u"))
        return Format::M3u;
    if (fileName.endsWith(".pls"_L1, Qt::CaseInsensitive))
        return Format::Pls;
    if (fileName.endsWith(".xspf"_L1, Qt::CaseInsensitive))
        return Format::Xspf;
    if (fileName.endsWith(".cue"_L1, Qt::CaseInsensitive))
        return Format::Cue;
    return Format::M3u;
}

/// UTF-16 has zero bytes and says so by its mark; everything else with a zero byte is no text.
bool isText(QByteArrayView bytes)
{
    const bool isUtf16 = bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
    return isUtf16 || !bytes.first(qMin<qsizetype>(bytes.size(), 65'536)).contains('\0');
}

} // namespace

Sentence lineProblem(qsizetype line, const Sentence &sentence)
{
    return Core::tr("line %1: %2").arg(line).arg(sentence);
}

bool isPlaylistFile(const QString &path)
{
    static const QStringList endings{u".m3u"_s, u".m3u8"_s, u".pls"_s, u".xspf"_s, u".cue"_s};
    return std::any_of(endings.cbegin(), endings.cend(),
                       [&](const QString &ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

Result<ParsedPlaylist> parsePlaylist(QByteArrayView bytes, const QString &fileName, const QString &folder)
{
    if (!isText(bytes))
        return failure(
            Core::tr("“%1” is not a playlist: it holds no text. Choose an M3U, PLS, XSPF or CUE file.")
                .arg(fileName));
    const Format format = formatOf(bytes, fileName);
    if (format == Format::M3u && bytes.contains("#EXT-X-TARGETDURATION"))
        return failure(
            Core::tr("“%1” describes an internet stream in pieces (HLS), not a list of music files.")
                .arg(fileName));
    const QString base = QDir::cleanPath(folder);
    switch (format) {
    case Format::Pls:
        return parsePls(bytes, base);
    case Format::Xspf: {
        ParsedPlaylist parsed = parseXspf(bytes, base);
        if (parsed.entries.isEmpty() && !parsed.problems.isEmpty())
            return failure(
                Core::tr("“%1” could not be read as a playlist, %2").arg(fileName, parsed.problems.first()));
        return parsed;
    }
    case Format::Cue:
        return parseCue(bytes, base);
    case Format::M3u:
        break;
    }
    return parseM3u(bytes, base);
}

} // namespace cycast
