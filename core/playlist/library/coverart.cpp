// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/coverart.h"

#include "core/base/filesystem.h"
#include "core/codec/regularfile.h"

#include <QDir>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray coverInside(const QString &path)
{
    const auto file = MusicFile::open(path);
    return file ? coverInMedia(**file).value_or(QByteArray()) : QByteArray();
}

QByteArray coverBeside(const QString &path)
{
    static const QStringList stems{u"cover"_s, u"folder"_s, u"front"_s, u"album"_s};
    static const QStringList endings{u"jpg"_s, u"jpeg"_s, u"png"_s, u"webp"_s};
    const QDir folder(QFileInfo(path).absolutePath());
    for (const QString &stem : stems) {
        const QString capital = stem.left(1).toUpper() + stem.mid(1);
        for (const QString &name : {stem, capital}) {
            for (const QString &ending : endings) {
                const QString file = folder.filePath(name + u'.' + ending);
                QFile picture;
                if (!isThere(file) || !openRegularFile(picture, file))
                    continue;
                if (picture.size() <= maxCoverBytes)
                    return picture.read(maxCoverBytes);
            }
        }
    }
    return {};
}

} // namespace

QByteArray coverOf(const QString &path)
{
    const QByteArray inside = coverInside(path);
    return inside.isEmpty() ? coverBeside(path) : inside;
}

} // namespace cycast
