// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/advice/systemverdicts.h"

#include "core/base/cpulist.h"
#include "core/base/scheduling.h"
#include "core/base/systemfiles.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

constexpr qint64 hotNow = 0xf;
constexpr qint64 hotBefore = 0xf0000;

} // namespace

SystemFigures systemFigures()
{
    SystemFigures figures;
    figures.governor = systemfiles::governors();
    figures.heat = heatOf(systemfiles::throttling());
    figures.niceness = scheduling::niceness();
    figures.leastNiceness = scheduling::leastNiceness();
    figures.cpus = cpuListOf(scheduling::cpus());
    figures.hasKernelTls = systemfiles::hasKernelTls();
    return figures;
}

// The slowest decides: a round runs wherever there is room.
GovernorVerdict governorVerdict(const QString &governor)
{
    const QStringList names = governor.split(u',', Qt::SkipEmptyParts);
    if (names.isEmpty())
        return GovernorVerdict::Unknown;
    if (names.contains(u"powersave"_s) || names.contains(u"conservative"_s))
        return GovernorVerdict::Slow;
    return names == QStringList{u"performance"_s} ? GovernorVerdict::Fast : GovernorVerdict::Adapts;
}

Verdict describe(GovernorVerdict verdict)
{
    switch (verdict) {
    case GovernorVerdict::Unknown:
        return {Severity::Neutral, QT_TRANSLATE_NOOP("Health", "unknown"),
                QT_TRANSLATE_NOOP(
                    "Health", "The system does not tell how it saves power; a virtual machine never does.")};
    case GovernorVerdict::Fast:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "fast"),
                QT_TRANSLATE_NOOP("Health", "The processor is always at its full speed.")};
    case GovernorVerdict::Adapts:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "adapts"),
                QT_TRANSLATE_NOOP("Health", "The processor becomes faster as soon as there is more to do.")};
    case GovernorVerdict::Slow:
        break;
    }
    return {Severity::Fair, QT_TRANSLATE_NOOP("Health", "saves power"),
            QT_TRANSLATE_NOOP("Health",
                              "The processor is slow to wake up. For the shortest delay: \"sudo cpupower "
                              "frequency-set -g performance\".")};
}

SystemFigures::Heat heatOf(qint64 throttling)
{
    if (throttling < 0)
        return SystemFigures::Heat::Unknown;
    if ((throttling & hotNow) != 0)
        return SystemFigures::Heat::Hot;
    return (throttling & hotBefore) != 0 ? SystemFigures::Heat::WasHot : SystemFigures::Heat::Cool;
}

Verdict describe(SystemFigures::Heat heat)
{
    switch (heat) {
    case SystemFigures::Heat::Unknown:
        return {Severity::Neutral, QT_TRANSLATE_NOOP("Health", "unknown"),
                QT_TRANSLATE_NOOP("Health", "The system does not tell.")};
    case SystemFigures::Heat::Cool:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "cool"),
                QT_TRANSLATE_NOOP("Health", "Neither heat nor too little power slows the processor down.")};
    case SystemFigures::Heat::WasHot:
        return {Severity::Fair, QT_TRANSLATE_NOOP("Health", "was hot"),
                QT_TRANSLATE_NOOP("Health",
                                  "Heat or too little power has slowed the processor down since the computer "
                                  "was switched on: give it air, and a strong power supply.")};
    case SystemFigures::Heat::Hot:
        break;
    }
    return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "too hot"),
            QT_TRANSLATE_NOOP(
                "Health", "Heat or too little power slows the processor down at this moment: give it air, "
                          "and a strong power supply.")};
}

PriorityVerdict priorityVerdict(const SystemFigures &figures, int wantedNice, const QString &wantedCpus)
{
    if (wantedNice < 0 && figures.niceness > wantedNice)
        return PriorityVerdict::NotPermitted;
    const auto wanted = cpusFrom(wantedCpus);
    if (wanted && !wanted->isEmpty() && cpuListOf(*wanted) != figures.cpus)
        return PriorityVerdict::OtherCpus;
    return figures.niceness < 0 ? PriorityVerdict::Raised : PriorityVerdict::Usual;
}

Verdict describe(PriorityVerdict verdict)
{
    switch (verdict) {
    case PriorityVerdict::Usual:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "as usual"),
                QT_TRANSLATE_NOOP("Health",
                                  "Cycast shares the processors with all other programs; where those are "
                                  "busy, advanced.nice lets it go first.")};
    case PriorityVerdict::Raised:
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "raised"),
                QT_TRANSLATE_NOOP("Health", "Cycast goes before other programs.")};
    case PriorityVerdict::NotPermitted:
        return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "not permitted"),
                QT_TRANSLATE_NOOP("Health",
                                  "The system does not permit what advanced.nice asks for: give the program "
                                  "the capability CAP_SYS_NICE, or its user a limit (\"nice\" in "
                                  "/etc/security/limits.conf).")};
    case PriorityVerdict::OtherCpus:
        break;
    }
    return {Severity::Warning, QT_TRANSLATE_NOOP("Health", "other processors"),
            QT_TRANSLATE_NOOP("Health",
                              "This computer does not have all the processors that advanced.cpus names, or "
                              "does not let Cycast use them.")};
}

Verdict describe(EncryptionVerdict verdict)
{
    if (verdict == EncryptionVerdict::ByKernel)
        return {Severity::Good, QT_TRANSLATE_NOOP("Health", "by the kernel"),
                QT_TRANSLATE_NOOP("Health", "The system encrypts by itself what goes out.")};
    return {Severity::Good, QT_TRANSLATE_NOOP("Health", "by the program"),
            QT_TRANSLATE_NOOP(
                "Health", "Cycast encrypts what goes out; with the module \"tls\" the kernel would do it.")};
}

} // namespace cycast
