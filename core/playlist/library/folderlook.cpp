// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/folderlook.h"

#include "core/base/filename.h"
#include "core/base/filesystem.h"
#include "core/playlist/library/foldernotices.h"
#include "core/playlist/library/foldersearch.h"
#include "core/playlist/library/naturalorder.h"

#include <QDir>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

QString parentOf(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash == 0 ? u"/"_s : path.left(slash);
}

} // namespace

void FolderLook::begin(const FolderPace &pace)
{
    m_pace = pace;
    m_notices = new FolderNotices(this);
    connect(m_notices, &FolderNotices::changed, this, [this](const QString &folder) {
        m_changed.insert(folder);
        lookSoon();
    });
    connect(m_notices, &FolderNotices::anyChanged, this, [this] {
        const QStringList all = m_folders.keys();
        m_changed += QSet<QString>(all.cbegin(), all.cend());
        lookSoon();
    });
    connect(m_notices, &FolderNotices::disksChanged, this, [this] {
        m_disksChanged = true;
        lookSoon();
    });
    m_settle = new QTimer(this);
    m_settle->setSingleShot(true);
    m_settle->setInterval(m_pace.settleMs);
    connect(m_settle, &QTimer::timeout, this, &FolderLook::look);
    m_slow = new QTimer(this);
    m_slow->setTimerType(Qt::VeryCoarseTimer);
    connect(m_slow, &QTimer::timeout, this, [this] {
        lookForLost(false);
        finishLook();
    });
}

/// Not put off by what comes meanwhile: somewhere something is always being written.
void FolderLook::lookSoon()
{
    if (!m_settle->isActive())
        m_settle->start();
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
    const QStringList tidy = tidyExtensions(extensions);
    if (tidy == m_extensions)
        return;
    m_extensions = tidy;
    restart();
}

void FolderLook::setFolders(const QStringList &folders)
{
    m_roots.clear();
    m_expected.clear();
    m_remembered.clear();
    forget();
    addFolders(folders, {}, true);
}

void FolderLook::addFolders(const QStringList &paths, const QDateTime &since, bool keepsMissing)
{
    const QStringList before = m_roots;
    for (const QString &path : paths) {
        const QString folder = QDir::cleanPath(path);
        const bool isInside = std::any_of(m_roots.cbegin(), m_roots.cend(), [&](const QString &root) {
            return folder == root || folder.startsWith(joinedPath(root, {}));
        });
        const auto facts = factsOf(folder);
        if (folder.isEmpty() || isInside || (facts ? !facts->isFolder : !keepsMissing))
            continue;
        m_roots.append(folder);
        m_expected.insert(folder, since);
        if (m_isEnabled)
            enterRoot(folder, false);
    }
    if (m_roots != before)
        emit watching(m_roots);
    finishLook();
}

void FolderLook::lookFor(const QStringList &paths)
{
    m_lost.add(paths);
    lookForLost(false); // some may have come back on the way here, with the folders they are in
    finishLook();
}

void FolderLook::forget()
{
    m_notices->clear();
    m_folders.clear();
    m_changed.clear();
    m_growing.clear();
    m_once = OnceOnly(m_extensions);
    m_hasWarned = false;
}

void FolderLook::restart()
{
    forget();
    if (m_isEnabled) {
        for (const QString &root : std::as_const(m_roots))
            enterRoot(root, false);
    }
    finishLook();
}

/// `isLate`: it was not there when it was named, or is back. What is in it is new then, unless a moment was
/// named since which things are.
void FolderLook::enterRoot(const QString &root, bool isLate)
{
    if (m_folders.contains(root) || !isFolderThere(root))
        return;
    const QDateTime since = m_expected.take(root);
    enter({{}, root}, {isLate && !since.isValid(), since});
}

/// Watches a folder and all below it.
void FolderLook::enter(const FolderTurn &first, const Taking &taking)
{
    QList<FolderTurn> waiting{first};
    while (!waiting.isEmpty()) {
        const FolderTurn turn = waiting.takeLast();
        const QString current = turn.path();
        if (m_folders.contains(current))
            continue;
        if (m_folders.size() >= FolderWatch::maxFolders) {
            if (!std::exchange(m_hasWarned, true))
                emit noticed(Core::tr("Only the first %1 folders are watched for new files.")
                                 .arg(FolderWatch::maxFolders));
            return;
        }
        if (!turn.enters(m_once))
            continue;
        // Watched before it is read: what comes in between is seen twice, not never.
        if (!m_notices->add(current) && isFolderThere(current) && !std::exchange(m_hasWarned, true))
            emit noticed(
                Core::tr("The system watches no more folders: what is new in “%1” will not be noticed.")
                    .arg(shownPath(current)));
        const auto facts = factsOf(current);
        const auto content = folderContent(current, m_once);
        if (!facts || !content) {
            m_notices->remove(current);
            m_once.leave(current);
            continue;
        }
        Folder &folder = m_folders[current];
        folder.device = facts->device;
        folder.number = facts->number;
        takeContent(current, *content, taking);
        waiting += turnsOf(current, *content);
    }
}

void FolderLook::takeContent(const QString &folder, const FolderContent &content, const Taking &taking)
{
    Folder &known = m_folders[folder];
    known.folders = QSet<QString>(content.folders.cbegin(), content.folders.cend());
    known.hasLostLinks = content.hasLostLinks;
    const auto remembered = m_remembered.constFind(folder);
    for (const QString &name : content.files) {
        const QString path = joinedPath(folder, name);
        bool isNews = taking.isNew;
        if (!isNews && taking.since.isValid()) {
            const auto facts = factsOf(path);
            isNews = facts && facts->changedMs > taking.since.toMSecsSinceEpoch();
        }
        const bool isBack = remembered != m_remembered.cend() && remembered->contains(name);
        if (isBack)
            m_returned.append(path);
        if (isNews && !isBack)
            m_growing.insert(path, -1);
        else
            known.files.insert(name);
    }
    m_remembered.remove(folder);
}

void FolderLook::look()
{
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &folder : changed)
        lookAt(folder);
    if (std::exchange(m_disksChanged, false)) {
        const QStringList all = m_folders.keys();
        for (const QString &folder : all) {
            if (m_folders.contains(folder) && !isTheSame(folder))
                lookAt(folder);
        }
        lookForLost(true);
    }
    finishLook();
}

void FolderLook::lookForChange(const QStringList &paths)
{
    m_lost.addBroken(paths);
    finishLook();
}

/// What no notice tells of: folders and links that lead nowhere yet, files that are missing, a folder that
/// was moved with the one around it.
void FolderLook::lookForLost(bool thoroughly)
{
    if (m_isEnabled) {
        for (const QString &root : std::as_const(m_roots)) {
            if (!m_folders.contains(root))
                enterRoot(root, true);
            else if (!isTheSame(root))
                lookAt(root);
        }
        const QStringList all = m_folders.keys();
        for (const QString &folder : all) {
            if (m_folders.value(folder).hasLostLinks)
                lookAt(folder);
        }
    }
    m_returned += m_lost.found(thoroughly);
}

/// Whether it is still the folder that was entered, and no other one of this name.
bool FolderLook::isTheSame(const QString &folder) const
{
    const auto known = m_folders.constFind(folder);
    const auto facts = factsOf(folder);
    return known != m_folders.cend() && facts && facts->isFolder && facts->device == known->device &&
           facts->number == known->number;
}

void FolderLook::lookAt(const QString &folder)
{
    if (!m_folders.contains(folder))
        return;
    if (!isTheSame(folder)) {
        // As far up as that goes: a disk is left as a whole.
        QString top = folder;
        while (m_folders.contains(parentOf(top)) && !isTheSame(parentOf(top)))
            top = parentOf(top);
        leave(top);
        if (m_roots.contains(top))
            enterRoot(top, true);
        else
            lookAt(parentOf(top)); // which enters what is there now
        return;
    }
    const auto content = folderContent(folder, m_once);
    if (!content)
        return; // not for now: what is known stays
    Folder &known = m_folders[folder];
    known.hasLostLinks = content->hasLostLinks;
    const QSet<QString> files(content->files.cbegin(), content->files.cend());
    for (const QString &name : content->files) {
        const QString path = joinedPath(folder, name);
        if (!known.files.contains(name) && !m_growing.contains(path))
            m_growing.insert(path, -1);
    }
    const QSet<QString> gone = known.files - files;
    for (const QString &name : gone) {
        m_vanished.append(joinedPath(folder, name));
        m_once.dropLink(m_vanished.constLast());
    }
    known.files.intersect(files);
    const QSet<QString> folders(content->folders.cbegin(), content->folders.cend());
    const QSet<QString> goneFolders = known.folders - folders;
    known.folders = folders;
    for (const QString &name : goneFolders)
        leave(joinedPath(folder, name));
    for (const FolderTurn &turn : turnsOf(folder, *content)) {
        if (m_folders.contains(turn.path()) && !isTheSame(turn.path()))
            leave(turn.path());
        if (!m_folders.contains(turn.path()))
            enter(turn, {true, {}});
    }
}

/// The folder has gone, or another one has taken its name, and everything below it.
void FolderLook::leave(const QString &folder)
{
    if (!m_folders.contains(folder))
        return;
    // A disk that comes back brings no news with what it had before; a folder that is made anew does.
    const quint64 device = m_folders.value(folder).device;
    const auto parent = m_folders.constFind(parentOf(folder));
    const auto facts = factsOf(folder);
    const bool isDisk = m_roots.contains(folder) || (facts && facts->device != device) ||
                        (parent != m_folders.cend() && parent->device != device);
    const QString start = joinedPath(folder, {});
    for (auto at = m_folders.begin(); at != m_folders.end();) {
        if (at.key() != folder && !at.key().startsWith(start)) {
            ++at;
            continue;
        }
        for (const QString &name : std::as_const(at->files)) {
            m_vanished.append(joinedPath(at.key(), name));
            m_once.dropLink(m_vanished.constLast());
        }
        if (isDisk)
            m_remembered.insert(at.key(), at->files);
        m_notices->remove(at.key());
        m_once.leave(at.key());
        at = m_folders.erase(at);
    }
}

/// Tells what has settled, and looks again at what still grows.
void FolderLook::finishLook()
{
    QStringList whole;
    for (auto at = m_growing.begin(); at != m_growing.end();) {
        const auto facts = factsOf(at.key());
        const auto folder = m_folders.find(parentOf(at.key()));
        if (!facts || folder == m_folders.end()) {
            at = m_growing.erase(at);
            continue;
        }
        if (facts->size > 0 && facts->size == at.value()) {
            whole.append(at.key());
            folder->files.insert(at.key().mid(at.key().lastIndexOf(u'/') + 1));
            at = m_growing.erase(at);
            continue;
        }
        at.value() = facts->size;
        ++at;
    }
    if (!m_growing.isEmpty())
        lookSoon();
    const bool hasLost = !m_lost.isEmpty() || m_lost.hasBroken() || (m_isEnabled && hasLostFolders());
    const int interval = hasLost ? m_pace.slowLookMs : m_pace.verySlowLookMs;
    if (!hasLost && (!m_isEnabled || m_roots.isEmpty()))
        m_slow->stop();
    else if (!m_slow->isActive() || m_slow->interval() != interval)
        m_slow->start(interval);
    if (!m_vanished.isEmpty())
        emit vanished(std::exchange(m_vanished, {}));
    if (!m_returned.isEmpty())
        emit returned(std::exchange(m_returned, {}));
    sortNaturally(whole);
    if (!whole.isEmpty())
        emit appeared(whole);
}

bool FolderLook::hasLostFolders() const
{
    return std::any_of(m_roots.cbegin(), m_roots.cend(),
                       [this](const QString &root) { return !m_folders.contains(root); }) ||
           std::any_of(m_folders.cbegin(), m_folders.cend(),
                       [](const Folder &folder) { return folder.hasLostLinks; });
}

} // namespace cycast
