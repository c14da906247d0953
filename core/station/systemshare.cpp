// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/systemshare.h"

#include "core/base/cpulist.h"
#include "core/base/log.h"
#include "core/base/realtimekit.h"
#include "core/base/scheduling.h"

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

SystemShare::SystemShare(QObject *parent)
    : QObject(parent)
    , m_startNiceness(scheduling::niceness())
    , m_startCpus(scheduling::cpus())
    , m_off(this, 1)
{
}

void SystemShare::claim(int nice, const QString &cpus)
{
    const int wanted = nice == 0 ? m_startNiceness : nice;
    if (!scheduling::setNiceness(wanted)) {
        m_off.start([wanted](WayBack<SystemShare> &back) {
            RealtimeKit kit;
            const bool isPermitted = scheduling::setNiceness(
                wanted, [&kit](pid_t thread, int value) { return kit.setNiceness(thread, value); });
            back.tell([wanted, isPermitted, reason = kit.error()](SystemShare *self) {
                if (!isPermitted)
                    self->tellRefusal(wanted, reason);
                emit self->answered(isPermitted);
            });
        });
    }
    const QList<int> processors = cpusFrom(cpus).value_or(QList<int>());
    if (!scheduling::setCpus(processors.isEmpty() ? m_startCpus : processors))
        qCWarning(lcSettings).noquote()
            << u"advanced.cpus is \"%1\", but this computer has none of these for the station."_s.arg(cpus);
}

void SystemShare::tellRefusal(int nice, const QString &reason)
{
    qCWarning(lcSettings).noquote()
        << u"advanced.nice is %1, but this computer permits no more than %2: give the program the capability "
           "CAP_SYS_NICE, or its user a limit (\"nice\" in /etc/security/limits.conf). RealtimeKit: %3"_s.arg(
               QString::number(nice), QString::number(scheduling::leastNiceness()), reason);
}

} // namespace cycast
