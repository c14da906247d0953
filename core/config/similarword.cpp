// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/similarword.h"

#include <algorithm>
#include <vector>

namespace cycast
{

int editDistance(QStringView a, QStringView b)
{
    const auto width = static_cast<size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (size_t j = 0; j < width; ++j)
        last[j] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = int(i);
        for (size_t j = 1; j < width; ++j) {
            const auto inB = static_cast<qsizetype>(j);
            const QChar ca = a[i - 1].toLower();
            const QChar cb = b[inB - 1].toLower();
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (ca == cb ? 0 : 1)});
            if (i > 1 && j > 1 && ca == b[inB - 2].toLower() && a[i - 2].toLower() == cb)
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last.back();
}

QString similarWord(const QString &word, const QStringList &known)
{
    QString best;
    int bestDistance = -1;
    for (const QString &each : known) {
        const qsizetype allowed = std::max<qsizetype>(1, std::min(each.size(), word.size()) / 3);
        if (std::abs(each.size() - word.size()) <= allowed) {
            const int distance = editDistance(word, each);
            if (distance <= allowed && (bestDistance < 0 || distance < bestDistance)) {
                best = each;
                bestDistance = distance;
            }
        }
    }
    if (!best.isNull() || word.size() < 4 || word.size() > 40)
        return best;
    // "password" for "source_password", "listen_port_number" for "listen_port"
    for (const QString &each : known) {
        if (each.size() >= 4 &&
            (each.contains(word, Qt::CaseInsensitive) || word.contains(each, Qt::CaseInsensitive)))
            return each;
    }
    return {};
}

} // namespace cycast
