// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QObject>

#include <deque>
#include <functional>

namespace cycast
{

/// The changes of the settings that somebody wants, in their order: each begins with what the one before it
/// left, and the station gets one at a time, checked. Lives in the caller's thread.
class WantedSettings : public QObject
{
    Q_OBJECT

public:
    explicit WantedSettings(PortRule portRule, QObject *parent = nullptr);

    /// Applied only when it changes something; `isAlwaysApplied`: also when not.
    void add(std::function<void(Settings &settings)> change, bool isAlwaysApplied = false);
    /// The station's answers to the settings that it was handed last. The next ones come behind what is done
    /// with the answer: call proceed() then.
    void followApplied(const Settings &settings) { m_applied = settings; }
    void proceed();

    /// Those in force; of the first ones, from the moment that they were accepted.
    const Settings &applied() const { return m_applied; }
    /// Before that nobody has chosen any.
    bool areChosen() const { return m_areChosen; }
    /// An answer is on its way, and warnings with it.
    bool areAwaited() const { return m_awaitsAnswer; }
    /// What the files of the certificates are like.
    void setCertificateWarnings(const QList<SettingsProblem> &warnings) { m_certificateWarnings = warnings; }
    /// What is no error in the settings that were handed over last.
    QList<SettingsProblem> warnings(const Settings &settings) const;

signals:
    /// The first ones have been accepted; `applied()` is these.
    void chosen(const cycast::Settings &settings);
    /// For the station.
    void accepted(const cycast::Settings &settings);
    /// Wrong in themselves; the station has not seen them.
    void rejected(const QList<cycast::SettingsProblem> &problems);

private:
    struct Change {
        std::function<void(Settings &)> change;
        bool isAlwaysApplied = false;
    };

    void takeNext();
    void apply(const Settings &wanted);

    PortRule m_portRule;
    Settings m_applied;
    bool m_areChosen = false;
    std::deque<Change> m_changes; ///< waiting for the station's answer to the one before
    bool m_awaitsAnswer = false;
    QList<SettingsProblem> m_certificateWarnings;
};

} // namespace cycast
