// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/ban.h"

#include <QObject>

namespace cycast
{

class FileWriter;
class StationControl;

/// The bans in force: kept in a file beside the session, handed to the station, run out by themselves.
class BanList : public QObject
{
    Q_OBJECT

public:
    /// Loads `path` and tells the station; without a path nothing is kept.
    BanList(StationControl &control, QString path, QObject *parent = nullptr);
    BanList(StationControl &control, QString path, FileWriter &files, QObject *parent = nullptr);

    const QList<Ban> &bans() const { return m_bans; }
    void setBans(const QList<Ban> &bans);
    void add(const Ban &ban);

signals:
    void changed();
    /// A sentence for the log.
    void noticed(const QString &sentence);

private:
    void load();
    void save();
    void removeExpired();

    StationControl &m_control;
    FileWriter &m_files;
    QString m_path;
    QList<Ban> m_bans;
};

} // namespace cycast
