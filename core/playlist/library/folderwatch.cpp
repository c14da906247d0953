// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/folderwatch.h"

#include "core/playlist/library/folderlook.h"

#include <QThread>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

FolderWatch::FolderWatch(QObject *parent, const FolderPace &pace)
    : QObject(parent)
    , m_thread(new QThread)
    , m_worker(new FolderLook)
    , m_back(std::make_shared<WayBack<FolderWatch>>(this))
{
    m_thread->setObjectName(u"cycast-watch"_s);
    relay(&FolderLook::watching, &FolderWatch::watching);
    relay(&FolderLook::appeared, &FolderWatch::appeared);
    relay(&FolderLook::vanished, &FolderWatch::vanished);
    relay(&FolderLook::returned, &FolderWatch::returned);
    relay(&FolderLook::noticed, &FolderWatch::noticed);
    moveInto(m_thread, m_worker);
    m_thread->start(QThread::LowPriority);
    tell([pace](FolderLook *worker) { worker->begin(pace); });
}

FolderWatch::~FolderWatch()
{
    m_back->close();
    if (endThread(m_thread, QDeadlineTimer(offThreadEndLimit)))
        delete m_thread;
}

template<class Value>
void FolderWatch::relay(void (FolderLook::*told)(const Value &), void (FolderWatch::*answer)(const Value &))
{
    connect(m_worker, told, m_worker, [back = m_back, answer](const Value &value) {
        back->tell([answer, value](FolderWatch *to) { (to->*answer)(value); });
    });
}

template<class Call>
void FolderWatch::tell(Call call)
{
    hopTo(m_worker, [worker = m_worker, call = std::move(call)] { call(worker); });
}

void FolderWatch::setEnabled(bool on)
{
    tell([on](FolderLook *worker) { worker->setEnabled(on); });
}

void FolderWatch::setExtensions(const QStringList &extensions)
{
    tell([extensions](FolderLook *worker) { worker->setExtensions(extensions); });
}

void FolderWatch::setFolders(const QStringList &folders)
{
    tell([folders](FolderLook *worker) { worker->setFolders(folders); });
}

void FolderWatch::addFolders(const QStringList &folders, const QDateTime &since, bool keepsMissing)
{
    tell([folders, since, keepsMissing](FolderLook *worker) {
        worker->addFolders(folders, since, keepsMissing);
    });
}

void FolderWatch::lookForChange(const QStringList &paths)
{
    tell([paths](FolderLook *worker) { worker->lookForChange(paths); });
}

void FolderWatch::lookFor(const QStringList &paths)
{
    tell([paths](FolderLook *worker) { worker->lookFor(paths); });
}

} // namespace cycast
