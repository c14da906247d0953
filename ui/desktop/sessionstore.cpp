// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/sessionstore.h"

#include "core/base/filewriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace cycast
{

namespace
{

constexpr auto writeAfter = 1s;
/// Between two writes there is so many times what one takes.
constexpr int restsPerWrite = 10;

} // namespace

SessionStore::SessionStore(QString path, std::function<Session()> collect, QObject *parent)
    : SessionStore(std::move(path), std::move(collect), FileWriter::shared(), parent)
{
}

SessionStore::SessionStore(QString path, std::function<Session()> collect, FileWriter &files, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_collect(std::move(collect))
    , m_files(files)
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &SessionStore::write);
    connect(&m_files, &FileWriter::finished, this,
            [this](const QString &which, const QString &error, qint64 tookMs) {
                if (which == m_path)
                    take(error, tookMs);
            });
}

QString SessionStore::defaultPath()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state))
        state = QDir::homePath() + u"/.local/state"_s;
    return state + u"/cycast-desktop/session.json"_s;
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/session.json"_s;
#endif
}

Session SessionStore::load()
{
    m_files.finish();
    QFile file(m_path);
    if (m_path.isEmpty() || !file.exists())
        return {};
    QString why;
    if (file.open(QIODevice::ReadOnly)) {
        Result<Session> session = sessionFromJson(file.readAll());
        if (session)
            return std::move(*session);
        why = session.error();
    } else {
        why = file.errorString();
    }
    file.close();
    const QString aside = m_path + u".broken"_s;
    QFile::remove(aside);
    const bool isAside = QFile::rename(m_path, aside);
    emit noticed(
        isAside ? tr("The session of last time cannot be read (%1). It was put aside as %2.").arg(why, aside)
                : tr("The session of last time in %1 cannot be read: %2.").arg(m_path, why));
    return {};
}

void SessionStore::saveLater()
{
    if (!m_path.isEmpty() && !m_delay.isActive())
        m_delay.start(writeAfter + std::chrono::milliseconds(m_writingMs) * restsPerWrite);
}

void SessionStore::write()
{
    m_files.write(m_path, [session = m_collect()] { return sessionToJson(session); });
}

void SessionStore::take(const QString &error, qint64 tookMs)
{
    m_writingMs = tookMs;
    if (!error.isEmpty())
        emit noticed(tr("The session cannot be saved in %1: %2.").arg(m_path, error));
}

void SessionStore::saveNow()
{
    if (m_path.isEmpty())
        return;
    m_delay.stop();
    write();
    m_files.finish();
}

} // namespace cycast
