// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/machineshare.h"

#include "core/base/cpulist.h"
#include "core/base/log.h"
#include "core/base/scheduling.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

MachineShare::MachineShare()
    : m_startNiceness(scheduling::niceness())
    , m_startCpus(scheduling::cpus())
{
}

void MachineShare::claim(int nice, const QString &cpus) const
{
    const int wanted = nice == 0 ? m_startNiceness : nice;
    if (!scheduling::setNiceness(wanted))
        qCWarning(lcSettings).noquote()
            << u"advanced.nice is %1, but this computer permits no more than %2: give the program the "
               "capability CAP_SYS_NICE, or its user a limit (\"nice\" in /etc/security/limits.conf)."_s
                   .arg(wanted)
                   .arg(scheduling::leastNiceness());
    const QList<int> chosen = cpusFrom(cpus).value_or(QList<int>());
    if (!scheduling::setCpus(chosen.isEmpty() ? m_startCpus : chosen))
        qCWarning(lcSettings).noquote()
            << u"advanced.cpus is \"%1\", but this computer has none of these for the station."_s.arg(cpus);
}

} // namespace cycast
