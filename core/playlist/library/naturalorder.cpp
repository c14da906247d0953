// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/library/naturalorder.h"

#include <QCollator>
#include <QLocale>

#include <algorithm>
#include <vector>

namespace cycast
{

namespace
{

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The digits at `from` without leading zeros; `from` moves behind them.
QStringView takeNumber(QStringView text, qsizetype &from)
{
    while (from < text.size() && text[from] == u'0')
        ++from;
    const qsizetype start = from;
    while (from < text.size() && isDigit(text[from]))
        ++from;
    return text.sliced(start, from - start);
}

/// A collator that counts, or nothing where this Qt has none. The C locale compares plain codes, so that
/// English stands in for it.
std::optional<QCollator> numericCollator()
{
    QLocale locale = QLocale::system();
    if (locale.language() == QLocale::C)
        locale = QLocale(QLocale::English);
    QCollator collator(locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    if (collator.compare(QStringLiteral("2"), QStringLiteral("10")) < 0 &&
        collator.compare(QStringLiteral("b"), QStringLiteral("C")) < 0)
        return collator;
    return std::nullopt;
}

} // namespace

int compareNaturally(QStringView a, QStringView b)
{
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const QStringView left = takeNumber(a, i);
            const QStringView right = takeNumber(b, j);
            if (left.size() != right.size())
                return left.size() < right.size() ? -1 : 1;
            if (const int order = left.compare(right); order != 0)
                return order;
        } else {
            const char16_t left = a[i++].toCaseFolded().unicode();
            const char16_t right = b[j++].toCaseFolded().unicode();
            if (left != right)
                return left < right ? -1 : 1;
        }
    }
    return (i < a.size() ? 1 : 0) - (j < b.size() ? 1 : 0);
}

void sortNaturally(QStringList &names)
{
    const std::optional<QCollator> collator = numericCollator();
    if (!collator) {
        std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) {
            const int order = compareNaturally(a, b);
            return order != 0 ? order < 0 : a < b;
        });
        return;
    }
    struct Keyed {
        QCollatorSortKey key;
        QString name;
    };
    std::vector<Keyed> keyed; // a key costs as much as a few comparisons, a sort needs many
    keyed.reserve(static_cast<size_t>(names.size()));
    for (const QString &name : std::as_const(names))
        keyed.push_back({collator->sortKey(name), name});
    std::sort(keyed.begin(), keyed.end(), [](const Keyed &a, const Keyed &b) {
        const int order = a.key.compare(b.key);
        return order != 0 ? order < 0 : a.name < b.name;
    });
    for (qsizetype i = 0; i < names.size(); ++i)
        names[i] = keyed[static_cast<size_t>(i)].name;
}

} // namespace cycast
