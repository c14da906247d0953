// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/banlist.h"

#include "core/base/filewriter.h"
#include "core/station/stationcontrol.h"
#include "ui/listeners/bans.h"

#include <QFile>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;

namespace cycast
{

BanList::BanList(StationControl &control, QString path, QObject *parent)
    : BanList(control, std::move(path), FileWriter::shared(), parent)
{
}

BanList::BanList(StationControl &control, QString path, FileWriter &files, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_files(files)
    , m_path(std::move(path))
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &BanList::removeExpired);
    timer->start(60s);
    connect(&m_files, &FileWriter::finished, this, [this](const QString &which, const QString &error) {
        if (which == m_path && !error.isEmpty())
            emit noticed(tr("The list of bans cannot be saved in %1: %2.").arg(m_path, error));
    });
    load();
}

void BanList::load()
{
    m_files.finish();
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const auto read = bans::fromJson(file.readAll());
    if (!read) {
        // Somebody's list is not thrown away because one byte of it is wrong.
        const QString aside = m_path + QStringLiteral(".broken");
        QFile::remove(aside);
        file.rename(aside);
        QMetaObject::invokeMethod(
            this,
            [this, aside, why = read.error()] {
                emit noticed(
                    tr("The list of bans cannot be read (%1). It was put aside as %2.").arg(why, aside));
            },
            Qt::QueuedConnection);
        return;
    }
    m_bans = *read;
    m_control.setBans(m_bans);
    removeExpired();
}

void BanList::setBans(const QList<Ban> &list)
{
    if (list == m_bans)
        return;
    m_bans = list;
    m_control.setBans(m_bans);
    save();
    emit changed();
}

void BanList::add(const Ban &ban)
{
    if (bans::isEmpty(ban) || m_bans.contains(ban))
        return;
    setBans(m_bans + QList<Ban>{ban});
}

void BanList::save()
{
    if (!m_path.isEmpty())
        m_files.write(m_path, [bans = m_bans] { return bans::toJson(bans); });
}

void BanList::removeExpired()
{
    const QDateTime now = QDateTime::currentDateTime();
    QList<Ban> left = m_bans;
    left.removeIf([&now](const Ban &ban) { return ban.until.isValid() && ban.until <= now; });
    setBans(left);
}

} // namespace cycast
