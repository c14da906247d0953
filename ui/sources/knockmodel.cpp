// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/knockmodel.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/sentences.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

void KnockModel::add(const SourceAttempt &attempt)
{
    using Outcome = SourceAttempt::Outcome;
    // Some programs ask without a pass phrase first and then with one: one knock, not two.
    if (attempt.outcome != Outcome::NoPassword && !m_rows.isEmpty() &&
        m_rows.first().outcome == Outcome::NoPassword && m_rows.first().address == attempt.address &&
        m_rows.first().when.msecsTo(attempt.when) < 5'000) {
        m_rows.first() = attempt;
        emit dataChanged(index(0, 0), index(0, ColumnCount - 1));
        return;
    }
    if (m_rows.size() >= limit) {
        beginRemoveRows({}, limit - 1, static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(limit - 1);
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_rows.prepend(attempt);
    endInsertRows();
}

Cure KnockModel::cureFor(const SourceAttempt &attempt)
{
    using Outcome = SourceAttempt::Outcome;
    switch (attempt.outcome) {
    case Outcome::NoPassword:
    case Outcome::WrongPassword:
    case Outcome::WrongMount:
    case Outcome::UnsupportedFormat:
    case Outcome::Malformed:
    case Outcome::LockedOut:
        return Cure::ShowValues;
    case Outcome::TwoEncodersFight:
        return Cure::EndOtherSource;
    case Outcome::TlsWithoutCertificate:
        return Cure::TlsSettings;
    case Outcome::Accepted:
        break;
    }
    return Cure::None;
}

QString KnockModel::outcomeWord(SourceAttempt::Outcome outcome)
{
    using Outcome = SourceAttempt::Outcome;
    switch (outcome) {
    case Outcome::Accepted:
        return tr("Let in");
    case Outcome::NoPassword:
        return tr("No pass phrase");
    case Outcome::WrongPassword:
        return tr("Wrong pass phrase");
    case Outcome::WrongMount:
        return tr("Wrong path");
    case Outcome::UnsupportedFormat:
        return tr("Unknown format");
    case Outcome::TwoEncodersFight:
        return tr("Two at once");
    case Outcome::Malformed:
        return tr("Not understood");
    case Outcome::TlsWithoutCertificate:
        return tr("Asked for encryption");
    case Outcome::LockedOut:
        return tr("Locked out");
    }
    return {};
}

QString KnockModel::cureText(Cure cure)
{
    switch (cure) {
    case Cure::ShowValues:
        return tr("Show the right values\u2026");
    case Cure::EndOtherSource:
        return tr("End the other source");
    case Cure::TlsSettings:
        return tr("Set up encryption\u2026");
    case Cure::None:
        break;
    }
    return tr("Nothing to do");
}

int KnockModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KnockModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString KnockModel::text(const SourceAttempt &attempt, Column column) const
{
    switch (column) {
    case When:
        return attempt.when.time().toString(u"HH:mm:ss"_s);
    case From:
        return attempt.address;
    case Program:
        return attempt.program;
    case Request:
        return attempt.request;
    case What:
        // A sentence says it all; the word in front would say it twice.
        return attempt.sentence.isEmpty() ? outcomeWord(attempt.outcome) : said(attempt.sentence);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant KnockModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const SourceAttempt &attempt = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return text(attempt, static_cast<Column>(index.column()));
    if (role == Qt::ToolTipRole)
        return plainToolTip(text(attempt, static_cast<Column>(index.column())));
    if (role == Qt::AccessibleTextRole && index.column() == When)
        return tr("%1, %2 from %3, %4")
            .arg(text(attempt, When), attempt.program, attempt.address, text(attempt, What));
    return {};
}

QVariant KnockModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case When:
        return tr("Time");
    case From:
        return tr("From");
    case Program:
        return tr("Program");
    case Request:
        return tr("Asked for");
    case What:
        return tr("What happened");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace cycast
