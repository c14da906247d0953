// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/demomusic.h"

#include "core/base/replacefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

// Resources of a static library have to be asked for by name, outside of any namespace.
static void registerDemoResources()
{
    Q_INIT_RESOURCE(demo);
}

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

Result<int> installDemoMusic(const QString &folder)
{
    registerDemoResources();
    const auto notWritten = [](const QString &path, const Sentence &reason) {
        return failure(Core::tr("The demo music could not be written to “%1”: %2.")
                           .arg(QDir::toNativeSeparators(path), reason));
    };
    if (!QDir().mkpath(folder))
        return notWritten(folder, Core::tr("the folder could not be created; choose another one"));
    int written = 0;
    const QFileInfoList tracks = QDir(u":/demo"_s).entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo &track : tracks) {
        const QString target = QDir(folder).filePath(track.fileName());
        if (QFileInfo::exists(target) || QFileInfo(target).isSymLink())
            continue;
        QFile source(track.filePath());
        if (!source.open(QIODevice::ReadOnly))
            return notWritten(target, Sentence(source.errorString()));
        if (const auto replaced = replaceFile(target, source.readAll()); !replaced)
            return notWritten(target, replaced.error());
        ++written;
    }
    return written;
}

} // namespace cycast
