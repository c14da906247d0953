// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/folderwatch.h"

#include "core/playlist/folderlook.h"
#include "core/threadhop.h"

#include <QThread>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr unsigned long waitAtEndMs = 2000;

} // namespace

FolderWatch::FolderWatch(QObject *parent)
    : QObject(parent)
    , m_thread(new QThread)
    , m_worker(new FolderLook)
{
    m_thread->setObjectName(u"cycast-watch"_s);
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &FolderLook::watching, this, &FolderWatch::watching);
    connect(m_worker, &FolderLook::appeared, this, &FolderWatch::appeared);
    connect(m_worker, &FolderLook::vanished, this, &FolderWatch::vanished);
    connect(m_worker, &FolderLook::noticed, this, &FolderWatch::noticed);
    m_thread->start(QThread::LowPriority);
    tell([](FolderLook *worker) { worker->begin(); });
}

FolderWatch::~FolderWatch()
{
    m_worker->disconnect(this);
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(waitAtEndMs)))
        delete m_thread;
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

void FolderWatch::addFolders(const QStringList &folders, const QDateTime &since)
{
    tell([folders, since](FolderLook *worker) { worker->addFolders(folders, since); });
}

} // namespace cycast
