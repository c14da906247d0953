// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/titleupdate.h"

#include <QStringDecoder>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qsizetype maxTitleLength = 400;

// Windows-1252 differs from Latin-1 in 0x80 to 0x9F, where Latin-1 has control characters that no title
// contains.
QString fromWindows1252(QByteArrayView bytes)
{
    static constexpr char16_t high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                          0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = QChar(high[c.unicode() - 0x80]);
    }
    return text;
}

bool isBidiControl(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

} // namespace

QString decodedTitle(QByteArrayView bytes, QByteArrayView charset)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8.decode(bytes);
    if (!utf8.hasError())
        return text;
    const QByteArray name = charset.toByteArray();
    if (!name.isEmpty() && name.size() < 40) {
        QStringDecoder named(name.constData());
        if (named.isValid() && named.name() != QByteArrayView("UTF-8") &&
            named.name() != QByteArrayView("ISO-8859-1"))
            return named.decode(bytes);
    }
    return fromWindows1252(bytes);
}

QString cleanTitle(const QString &text)
{
    QString result;
    result.reserve(qMin(text.size(), maxTitleLength));
    for (const QChar c : text) {
        if (isBidiControl(c.unicode()))
            continue;
        result.append(c.category() == QChar::Other_Control ? QChar(u' ') : c);
    }
    result = result.simplified();
    if (result.size() > maxTitleLength) {
        result.truncate(maxTitleLength);
        if (result.back().isHighSurrogate())
            result.chop(1);
    }
    return result;
}

std::optional<TrackInfo> titleFromUpdate(const HttpRequest &request)
{
    if (request.queryValue("mode").value_or(QByteArray()) != "updinfo")
        return std::nullopt;
    const QByteArray charset = request.queryValue("charset").value_or(QByteArray());
    const auto text = [&](const char *name) {
        return cleanTitle(decodedTitle(request.queryValue(name).value_or(QByteArray()), charset));
    };
    TrackInfo track;
    track.title = text("title");
    track.artist = text("artist");
    if (!track.title.isEmpty() || !track.artist.isEmpty())
        return track;
    track.title = text("song");
    if (const qsizetype dash = track.title.indexOf(u" - "_s); dash > 0) {
        track.artist = track.title.first(dash);
        track.title = track.title.sliced(dash + 3);
    }
    if (!track.title.isEmpty() || request.queryValue("song"))
        return track;
    return std::nullopt;
}

} // namespace cycast
