// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace cycast
{

/// A rounded panel on the window's ground: a header row (title at the left, what you add at the right) over
/// a body. Its look comes from the theme's style sheet. The title is its accessible name.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QLabel *titleLabel() const { return m_title; }
    /// Right behind the title, before the stretch: chips.
    void addBesideTitle(QWidget *widget);
    /// At the right end of the header row.
    void addToHeader(QWidget *widget);
    QHBoxLayout *header() const { return m_header; }
    QVBoxLayout *body() const { return m_body; }

private:
    QLabel *m_title;
    QHBoxLayout *m_header;
    QVBoxLayout *m_body;
    int m_besideTitle = 1; ///< where the next widget beside the title goes
};

} // namespace cycast
