// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/net/socket/tlsidentity.h"

#include <QObject>

#include <deque>
#include <functional>
#include <optional>

namespace cycast
{

/// The changes of the settings that somebody wants, in their order: each begins with what the one before it
/// left, and the station gets one at a time, checked. Lives in the caller's thread.
class WantedSettings : public QObject
{
    Q_OBJECT

public:
    WantedSettings(PortRule portRule, QString baseDirectory, QObject *parent = nullptr);

    /// Applied only when it changes something; `isAlwaysApplied`: also when not.
    void add(std::function<void(Settings &settings)> change, bool isAlwaysApplied = false);
    /// The station's answers to the settings that it was handed last. The next ones come behind what is done
    /// with the answer: call proceed() then.
    void takeApplied(const Settings &settings) { m_applied = settings; }
    void proceed();

    /// Those in force; of the first ones, from the moment that they were accepted.
    const Settings &applied() const { return m_applied; }
    /// Before that nobody has chosen any.
    bool areChosen() const { return m_areChosen; }
    /// What is no error in the settings that were handed over last.
    QList<SettingsProblem> warnings(const Settings &settings) const;

signals:
    /// The first ones have been accepted; `applied()` is these.
    void chosen(const cycast::Settings &settings);
    /// For the station. No identity: the one in force stays.
    void accepted(const cycast::Settings &settings, const std::optional<cycast::TlsIdentity> &identity);
    /// Wrong in themselves; the station has not seen them.
    void rejected(const QList<cycast::SettingsProblem> &problems);

private:
    struct Change {
        std::function<void(Settings &)> change;
        bool isAlwaysApplied = false;
    };

    void takeNext();
    void hand(const Settings &wanted);
    std::optional<TlsIdentity> identityFor(const Settings &settings, QList<SettingsProblem> &problems);

    PortRule m_portRule;
    QString m_baseDirectory;
    Settings m_applied;
    bool m_areChosen = false;
    std::deque<Change> m_changes; ///< waiting for the station's answer to the one before
    bool m_awaitsAnswer = false;
    QList<SettingsProblem> m_tlsWarnings; ///< of the settings that the station has been handed last
};

} // namespace cycast
