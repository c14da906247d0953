// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistmime.h"

#include "core/base/filename.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QDir>
#include <QIODevice>
#include <QMimeData>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

const QString rowsType = u"application/x-cycast-playlist-rows"_s;

/// Beyond this many files no other program wants to be handed their names.
constexpr int maxDraggedUrls = 5000;

} // namespace

QStringList playlistMimeTypes()
{
    return {rowsType, u"text/uri-list"_s};
}

QMimeData *mimeOfEntries(const QList<PlaylistEntry> &entries)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    QList<quint64> ids;
    ids.reserve(entries.size());
    QList<QUrl> urls;
    for (const PlaylistEntry &entry : entries) {
        ids.append(entry.id);
        if (entries.size() <= maxDraggedUrls)
            urls.append(fileUrl(entry.path));
    }
    stream << QCoreApplication::applicationPid() << ids;
    auto *data = new QMimeData;
    data->setData(rowsType, bytes);
    if (!urls.isEmpty())
        data->setUrls(urls);
    return data;
}

QList<quint64> draggedRows(const QMimeData *data)
{
    if (data == nullptr || !data->hasFormat(rowsType))
        return {};
    QDataStream stream(data->data(rowsType));
    qint64 process = 0;
    QList<quint64> ids;
    stream >> process >> ids;
    if (stream.status() != QDataStream::Ok || process != QCoreApplication::applicationPid())
        return {};
    return ids;
}

QStringList droppedPaths(const QMimeData *data)
{
    QStringList paths;
    if (data == nullptr)
        return paths;
    QList<QUrl> urls = data->urls();
    if (urls.isEmpty() && data->hasText()) {
        const QStringList lines = data->text().split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            const QString word = line.trimmed();
            if (word.startsWith(u"file:"_s))
                urls.append(QUrl(word));
            else if (QDir::isAbsolutePath(word))
                urls.append(QUrl::fromLocalFile(word));
        }
    }
    for (const QUrl &url : std::as_const(urls)) {
        // Other addresses too: whoever drops one is told what to do instead.
        const QString path = url.scheme() == "file"_L1 ? pathOfUrl(url) : url.toString(QUrl::FullyEncoded);
        if (!path.isEmpty())
            paths.append(path);
    }
    return paths;
}

} // namespace cycast
