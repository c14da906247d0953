// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

namespace cycast
{

/// One window per settings file: a second start hands its files to the first one, which comes to the front.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    /// `station`: what makes it the same one, the absolute path of its settings file.
    explicit SingleInstance(const QString &station, QObject *parent = nullptr);

    /// True: another one is there and has taken the files (absolute paths; may be none).
    bool handOver(const QStringList &files);
    /// From now on others hand over to this one.
    bool listen();

signals:
    /// Somebody started it again.
    void asked(const QStringList &files);

private:
    void take();

    QString m_name;
    QLocalServer m_server;
};

} // namespace cycast
