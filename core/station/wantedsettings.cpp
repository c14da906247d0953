// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/wantedsettings.h"

#include "core/base/filename.h"
#include "core/base/log.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

WantedSettings::WantedSettings(PortRule portRule, QString baseDirectory, QObject *parent)
    : QObject(parent)
    , m_portRule(portRule)
    , m_baseDirectory(std::move(baseDirectory))
{
}

void WantedSettings::add(std::function<void(Settings &)> change, bool isAlwaysApplied)
{
    m_changes.push_back({std::move(change), isAlwaysApplied});
    takeNext();
}

void WantedSettings::proceed()
{
    m_awaitsAnswer = false;
    takeNext();
}

QList<SettingsProblem> WantedSettings::warnings(const Settings &settings) const
{
    return validate(settings, m_portRule) + m_tlsWarnings;
}

// One at a time: what the station refuses (a port that is taken) is not among the next one's settings.
void WantedSettings::takeNext()
{
    while (!m_awaitsAnswer && !m_changes.empty()) {
        const Change next = std::move(m_changes.front());
        m_changes.pop_front();
        Settings wanted = m_applied;
        next.change(wanted);
        if (next.isAlwaysApplied || wanted != m_applied)
            hand(wanted);
    }
}

void WantedSettings::hand(const Settings &wanted)
{
    QList<SettingsProblem> problems = validate(wanted, m_portRule);
    std::optional<TlsIdentity> identity = TlsIdentity();
    if (!hasErrors(problems))
        identity = identityFor(wanted, problems);
    if (hasErrors(problems)) {
        emit rejected(problems);
        return;
    }
    if (!std::exchange(m_areChosen, true)) {
        m_applied = wanted;
        emit chosen(wanted);
    }
    m_awaitsAnswer = true;
    emit accepted(wanted, identity);
}

// Read each time: a renewed certificate has the same name. Two small files, on this side of the door. One
// that cannot be read any more is no reason to refuse everything else: the one in force stays (nullopt), none
// at the start. Only a change to such a file is refused.
std::optional<TlsIdentity> WantedSettings::identityFor(const Settings &settings,
                                                       QList<SettingsProblem> &problems)
{
    m_tlsWarnings.clear();
    const Settings::Server &server = settings.server;
    if (server.tlsCertificate.isEmpty())
        return TlsIdentity();
    const auto identity = loadTlsIdentity(absolutePath(server.tlsCertificate, m_baseDirectory),
                                          absolutePath(server.tlsKey, m_baseDirectory));
    if (identity) {
        const QString warning = expiryWarning(*identity, QDateTime::currentDateTime());
        if (!warning.isEmpty())
            qCWarning(lcSettings).noquote() << warning;
        return *identity;
    }
    const TlsProblem &problem = identity.error();
    const QString field =
        problem.isAboutKey && !server.tlsKey.isEmpty() ? u"server.tls_key"_s : u"server.tls_certificate"_s;
    const bool isNew =
        server.tlsCertificate != m_applied.server.tlsCertificate || server.tlsKey != m_applied.server.tlsKey;
    if (isNew && m_areChosen) {
        problems.append({field, problem.sentence});
        return std::nullopt;
    }
    if (!m_areChosen) {
        qCCritical(lcSettings).noquote()
            << u"%1: %2 The station starts without https."_s.arg(field, problem.sentence);
    }
    m_tlsWarnings = {{field, problem.sentence, true}};
    return std::nullopt;
}

} // namespace cycast
