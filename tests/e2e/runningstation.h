// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/sandbox.h"

#include <QJsonObject>

namespace cycast::test
{

inline constexpr char testPassPhrase[] = "lantern-harbour-42";

/// A real cycastd in a sandbox: three tracks of a tone in music/, free ports, nothing but 127.0.0.1.
class RunningStation
{
public:
    explicit RunningStation(const Sandbox &sandbox);
    ~RunningStation();

    /// `more` comes after the usual settings, where it counts instead of them.
    static QByteArray settingsText(const QByteArray &more = {});

    /// Writes the settings and starts; true when the ready line came.
    bool start(const QByteArray &settings = settingsText(), const QProcessEnvironment &environment = {});
    /// Before start(): music/ is filled by the test, no tones are put into it.
    void setOwnMusic() { m_ownMusic = true; }

    quint16 listenPort() const { return m_listenPort; }
    quint16 sourcePort() const { return m_sourcePort; }
    QString streamUrl() const { return m_streamUrl; }
    QString url(const QString &path) const;
    QString configPath() const { return m_sandbox.path(QStringLiteral("config.hcl")); }

    /// Replaces the settings file in place.
    void writeSettings(const QByteArray &settings) const;
    void hangUp() const;
    /// SIGTERM, then its exit code; -1 when it crashed or did not end.
    int end();
    /// SIGKILL: no chance to tidy up.
    void kill();
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    QByteArray output();
    QByteArray errors();

    QJsonObject status() const { return json(QStringLiteral("/api/status")); }
    QJsonObject stats() const { return json(QStringLiteral("/api/stats")); }
    bool isLive() const { return status()[QStringLiteral("heard")].toString() == QStringLiteral("live"); }

private:
    QJsonObject json(const QString &path) const;
    void signal(int number) const;

    const Sandbox &m_sandbox;
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
    QString m_streamUrl;
    quint16 m_listenPort = 0;
    quint16 m_sourcePort = 0;
    bool m_ownMusic = false;
};

} // namespace cycast::test
