// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playlist/order/artistspread.h"

#include <QHash>

#include <algorithm>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// A place between 0 and 1 for every item: those of one artist at even distances from a random start, each
/// moved a little, so that no pattern is heard.
std::vector<double> places(const QList<int> &groups, std::mt19937 &random)
{
    std::uniform_real_distribution<double> anywhere(0.0, 1.0);
    QHash<int, QList<int>> tracks;
    for (int i = 0; i < groups.size(); ++i)
        tracks[groups.at(i)].append(i);
    std::vector<double> place(static_cast<std::size_t>(groups.size()));
    // Not in the hash's order: the same seed gives the same order in every process.
    for (const int group : groups) {
        const auto found = tracks.find(group);
        if (found == tracks.end())
            continue;
        QList<int> own = *found;
        tracks.erase(found);
        std::shuffle(own.begin(), own.end(), random);
        const double start = anywhere(random);
        for (int k = 0; k < own.size(); ++k) {
            const double moved = k + start + 0.5 * anywhere(random) - 0.25;
            place[static_cast<std::size_t>(own.at(k))] = moved / static_cast<double>(own.size());
        }
    }
    return place;
}

/// What was left over goes into gaps between tracks of others, from the end on.
QList<int> withLeftOver(const QList<int> &order, QList<int> leftOver, const QList<int> &groups, int before)
{
    if (leftOver.isEmpty())
        return order;
    const int artist = groups.at(leftOver.constFirst());
    QList<int> backwards;
    backwards.reserve(order.size() + leftOver.size());
    int later = -1;
    for (qsizetype i = order.size(); i >= 0; --i) {
        const int earlier = i > 0 ? groups.at(order.at(i - 1)) : before;
        if (!leftOver.isEmpty() && earlier != artist && later != artist)
            backwards.append(leftOver.takeLast());
        if (i > 0)
            backwards.append(order.at(i - 1));
        later = earlier;
    }
    std::reverse(backwards.begin(), backwards.end());
    return backwards + leftOver; // nothing is there to part these
}

} // namespace

QString artistKey(const QString &artist)
{
    QString key = artist.simplified().toCaseFolded();
    for (const QString &guests : {u" feat. "_s, u" feat "_s, u" ft. "_s, u" featuring "_s, u" (feat"_s}) {
        if (const qsizetype at = key.indexOf(guests); at > 0)
            key.truncate(at);
    }
    return key;
}

QList<int> spreadArtists(const QList<int> &groups, int before, std::mt19937 &random)
{
    const std::vector<double> place = places(groups, random);
    QList<int> wanted(groups.size());
    for (int i = 0; i < groups.size(); ++i)
        wanted[i] = i;
    std::sort(wanted.begin(), wanted.end(), [&place](int a, int b) {
        const double left = place[static_cast<std::size_t>(a)];
        const double right = place[static_cast<std::size_t>(b)];
        return left < right || (left == right && a < b);
    });
    QList<int> order;
    order.reserve(wanted.size());
    QList<int> waiting; // all by the artist placed last
    qsizetype waitingHead = 0;
    int last = before;
    for (const int item : std::as_const(wanted)) {
        if (groups.at(item) == last) {
            waiting.append(item);
            continue;
        }
        order.append(item);
        last = groups.at(item);
        if (waitingHead < waiting.size()) {
            order.append(waiting.at(waitingHead++));
            last = groups.at(order.constLast());
        }
    }
    return withLeftOver(order, waiting.mid(waitingHead), groups, before);
}

} // namespace cycast
