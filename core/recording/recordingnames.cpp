// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/recordingnames.h"

#include "core/audio/streamkind.h"

#include <QStringList>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// Every file system in use takes 255 bytes; date, number and ending need some of them.
constexpr qsizetype maxBytes = 120;

bool isEdge(QChar c)
{
    return c == u'.' || c.isSpace();
}

/// Windows keeps these for devices, whatever ending follows.
bool isDeviceName(const QString &name)
{
    static const QStringList devices{u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s};
    const QString stem = name.section(u'.', 0, 0).trimmed().toLower();
    const bool isNumbered =
        stem.size() == 4 && (stem.startsWith("com"_L1) || stem.startsWith("lpt"_L1)) && stem[3].isDigit();
    return devices.contains(stem) || isNumbered;
}

} // namespace

QString safeFileName(const QString &text)
{
    QString name;
    for (const QChar c : text) {
        const QChar::Category category = c.category();
        if (c == u'/' || c == u'\\' || c == u':' || c == u'|')
            name += u'-';
        else if (c == u'"')
            name += u'\'';
        else if (c == u'*' || c == u'?' || c == u'<' || c == u'>')
            name += u'_';
        else if (category == QChar::Other_Control || category == QChar::Other_Format ||
                 category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            name += u' ';
        else
            name += c;
    }
    name = name.simplified();
    // Whole characters only: half a surrogate pair is no name.
    while (name.toUtf8().size() > maxBytes)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    while (!name.isEmpty() && isEdge(name.back()))
        name.chop(1);
    while (!name.isEmpty() && isEdge(name.front()))
        name.remove(0, 1);
    if (name.isEmpty())
        return u"Untitled"_s;
    return isDeviceName(name) ? u'_' + name : name;
}

QString recordingName(const QDateTime &when, const QString &words)
{
    return when.toString(u"yyyy-MM-dd HH.mm.ss"_s) + u' ' + safeFileName(words);
}

QString endingFor(QByteArrayView contentType)
{
    const StreamContainer *container = streamContainerOf(contentType);
    return container ? container->fileEnding : u".audio"_s;
}

} // namespace cycast
