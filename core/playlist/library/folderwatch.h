// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/base/sentence.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

#include <memory>

namespace cycast
{

class FolderLook;

/// When folders are looked at, in milliseconds.
struct FolderPace {
    /// What comes within it is told together; also the time between two looks at a growing file.
    int settleMs = 1000;
    /// How often it is looked for what is lost (a folder, a file, a link that leads nowhere), where no notice
    /// comes; and how often whether folders are still the same ones, when nothing is.
    int slowLookMs = 5000;
    int verySlowLookMs = 15'000;
};

/// Tells which files come and go below folders, and when files that are missing are back. All looking is done
/// in a thread of its own, so that a disk that sleeps or hangs delays nobody; signals arrive in the owner's
/// thread. A file counts as new when its size has stayed the same for one look, so that one that is still
/// being copied is not taken half.
class FolderWatch : public QObject
{
    Q_OBJECT

public:
    /// More folders than this are not watched; each takes one of the system's watches.
    static constexpr int maxFolders = 5000;
    explicit FolderWatch(QObject *parent = nullptr, const FolderPace &pace = {});
    /// Waits 2 s; a look that hangs for longer is left behind.
    ~FolderWatch() override;

    /// Off: everything is forgotten until it is on again.
    void setEnabled(bool on);
    void setExtensions(const QStringList &extensions);
    /// Instead of all others. One that is not there is waited for (a disk that comes later): all in it is new
    /// then.
    void setFolders(const QStringList &folders);
    /// What is no folder is passed over; one that is not there as well, unless `keepsMissing`. `since`, when
    /// valid: files that came later are told as new.
    void addFolders(const QStringList &folders, const QDateTime &since, bool keepsMissing = false);
    /// These files are missing, wherever they were: tells when they are back (returned).
    void lookFor(const QStringList &paths);
    /// These files are there, but of no use: tells when they have become others (returned).
    void lookForChange(const QStringList &paths);

signals:
    /// The folders as they were given, after a change.
    void watching(const QStringList &folders);
    void appeared(const QStringList &paths);
    void vanished(const QStringList &paths);
    /// Files that were known before they vanished with their disk, and files that were looked for.
    void returned(const QStringList &paths);
    void noticed(const cycast::Sentence &sentence);

private:
    template<class Call>
    void tell(Call call);
    template<class Value>
    void relay(void (FolderLook::*told)(const Value &), void (FolderWatch::*answer)(const Value &));

    QThread *m_thread;
    FolderLook *m_worker; ///< lives in m_thread
    std::shared_ptr<WayBack<FolderWatch>> m_back;
};

} // namespace cycast
