// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/folderlook.h"

#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/naturalorder.h"
#include "core/playlist/library/watchedfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// How often it is looked whether a folder that was gone (a drive) is back.
constexpr int lookForLostMs = 30'000;

} // namespace

void FolderLook::begin()
{
    m_watcher = new QFileSystemWatcher(this);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, [this](const QString &folder) {
        m_changed.insert(folder);
        m_settle->start();
    });
    m_settle = new QTimer(this);
    m_settle->setSingleShot(true);
    m_settle->setInterval(FolderWatch::settleMs);
    connect(m_settle, &QTimer::timeout, this, &FolderLook::look);
    m_lost = new QTimer(this);
    m_lost->setInterval(lookForLostMs);
    connect(m_lost, &QTimer::timeout, this, &FolderLook::lookForLost);
}

void FolderLook::setEnabled(bool on)
{
    if (on == m_isEnabled)
        return;
    m_isEnabled = on;
    restart();
}

void FolderLook::setExtensions(const QStringList &extensions)
{
    if (extensions == m_extensions)
        return;
    m_extensions = extensions;
    restart();
}

void FolderLook::setFolders(const QStringList &folders)
{
    m_roots.clear();
    forget();
    addFolders(folders, {});
}

void FolderLook::addFolders(const QStringList &paths, const QDateTime &since)
{
    const QStringList before = m_roots;
    for (const QString &path : paths) {
        const QString folder = QDir::cleanPath(path);
        const bool isInside = std::any_of(m_roots.cbegin(), m_roots.cend(), [&](const QString &root) {
            return folder == root || folder.startsWith(root + u'/');
        });
        if (isInside || !QFileInfo(folder).isDir())
            continue;
        m_roots.append(folder);
        if (m_isEnabled)
            enter(folder, since, false);
    }
    if (m_roots != before)
        emit watching(m_roots);
    finishLook();
}

void FolderLook::forget()
{
    if (const QStringList watched = m_watcher->directories(); !watched.isEmpty())
        m_watcher->removePaths(watched);
    m_folders.clear();
    m_changed.clear();
    m_growing.clear();
    m_hasWarned = false;
}

void FolderLook::restart()
{
    forget();
    if (!m_isEnabled)
        return;
    for (const QString &root : std::as_const(m_roots))
        enter(root, {}, false);
}

/// Watches a folder and all below it. `isNew`: everything in it counts as new.
void FolderLook::enter(const QString &folder, const QDateTime &since, bool isNew)
{
    QStringList waiting{folder};
    while (!waiting.isEmpty()) {
        const QString current = waiting.takeLast();
        if (m_folders.contains(current) || !QFileInfo(current).isDir())
            continue;
        if (m_folders.size() >= FolderWatch::maxFolders) {
            if (!std::exchange(m_hasWarned, true))
                emit noticed(
                    u"Only the first %1 folders are watched for new files."_s.arg(FolderWatch::maxFolders));
            return;
        }
        // Watched before it is read: what comes in between is seen twice, not never.
        m_watcher->addPath(current);
        const FolderContent content = folderContent(current, m_extensions);
        QSet<QString> &known = m_folders[current];
        for (const FolderContent::File &file : content.files) {
            if (isNew || (since.isValid() && file.changed > since))
                m_growing.insert(current + u'/' + file.name, -1);
            else
                known.insert(file.name);
        }
        for (const QString &name : content.folders) {
            const QString below = current + u'/' + name;
            // A link that leads back up would go on for ever.
            const QFileInfo info(below);
            if (!info.isSymLink() || !current.startsWith(info.canonicalFilePath()))
                waiting.append(below);
        }
    }
}

void FolderLook::look()
{
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &folder : changed)
        lookAt(folder);
    finishLook();
}

void FolderLook::lookAt(const QString &folder)
{
    const auto known = m_folders.find(folder);
    if (known == m_folders.end())
        return;
    if (!QFileInfo(folder).isDir()) {
        leave(folder);
        return;
    }
    const FolderContent content = folderContent(folder, m_extensions);
    QSet<QString> now;
    for (const FolderContent::File &file : content.files) {
        now.insert(file.name);
        const QString path = folder + u'/' + file.name;
        if (!known->contains(file.name) && !m_growing.contains(path))
            m_growing.insert(path, -1);
    }
    QSet<QString> gone = *known;
    gone.subtract(now);
    for (const QString &name : std::as_const(gone))
        m_vanished.append(folder + u'/' + name);
    known->intersect(now);
    for (const QString &name : content.folders) {
        const QString below = folder + u'/' + name;
        if (!m_folders.contains(below))
            enter(below, {}, true);
    }
}

/// The folder has gone, and everything below it.
void FolderLook::leave(const QString &folder)
{
    for (auto at = m_folders.begin(); at != m_folders.end();) {
        if (at.key() != folder && !at.key().startsWith(folder + u'/')) {
            ++at;
            continue;
        }
        for (const QString &name : std::as_const(at.value()))
            m_vanished.append(at.key() + u'/' + name);
        m_watcher->removePath(at.key());
        at = m_folders.erase(at);
    }
}

void FolderLook::lookForLost()
{
    if (!m_isEnabled)
        return;
    for (const QString &root : std::as_const(m_roots)) {
        enter(root, {}, true);
    }
    finishLook();
}

/// Tells what has settled, and looks again at what still grows.
void FolderLook::finishLook()
{
    QStringList whole;
    for (auto at = m_growing.begin(); at != m_growing.end();) {
        const QFileInfo info(at.key());
        if (!info.exists()) {
            at = m_growing.erase(at);
            continue;
        }
        if (info.size() > 0 && info.size() == at.value()) {
            whole.append(at.key());
            m_folders[info.absolutePath()].insert(info.fileName());
            at = m_growing.erase(at);
            continue;
        }
        at.value() = info.size();
        ++at;
    }
    if (!m_growing.isEmpty())
        m_settle->start();
    // Only then: nobody is woken up for nothing.
    const bool hasLost =
        m_isEnabled && std::any_of(m_roots.cbegin(), m_roots.cend(),
                                   [this](const QString &root) { return !m_folders.contains(root); });
    if (!hasLost)
        m_lost->stop();
    else if (!m_lost->isActive())
        m_lost->start();
    if (!m_vanished.isEmpty())
        emit vanished(std::exchange(m_vanished, {}));
    sortNaturally(whole);
    if (!whole.isEmpty())
        emit appeared(whole);
}

} // namespace cycast
