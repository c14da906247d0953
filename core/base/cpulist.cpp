// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cpulist.h"

#include <QString>

#include <algorithm>

namespace cycast
{

std::optional<QList<int>> cpusFrom(QStringView list)
{
    QList<int> cpus;
    if (list.trimmed().isEmpty())
        return cpus;
    for (const QStringView &part : list.split(u',')) {
        const qsizetype dash = part.indexOf(u'-');
        bool isFirst = false;
        bool isLast = false;
        const int first = (dash < 0 ? part : part.first(dash)).trimmed().toInt(&isFirst);
        const int last = dash < 0 ? first : part.sliced(dash + 1).trimmed().toInt(&isLast);
        if (!isFirst || (dash >= 0 && !isLast) || first < 0 || last < first || last >= mostCpus)
            return std::nullopt;
        for (int cpu = first; cpu <= last; ++cpu)
            cpus.append(cpu);
    }
    std::sort(cpus.begin(), cpus.end());
    cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
    return cpus;
}

QString cpuListOf(QList<int> cpus)
{
    std::sort(cpus.begin(), cpus.end());
    QStringList parts;
    for (qsizetype i = 0; i < cpus.size();) {
        qsizetype end = i;
        while (end + 1 < cpus.size() && cpus[end + 1] <= cpus[end] + 1)
            ++end;
        parts.append(cpus[i] == cpus[end] ? QString::number(cpus[i])
                                          : QStringLiteral("%1-%2").arg(cpus[i]).arg(cpus[end]));
        i = end + 1;
    }
    return parts.join(u',');
}

} // namespace cycast
