// How is a system with the basis matrix solved while its columns are exchanged one by one?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>

namespace countyplan::detail {

/// Columns of a sparse matrix.
struct SparseColumns {
    std::vector<std::size_t> first = {0};
    std::vector<std::uint32_t> index = {};
    std::vector<double> value = {};
};

/// The basis matrix of a simplex method as an LU factorisation and a product of later exchanges (Dantzig &
/// Orchard-Hays, 1954). Columns `0 … n-1` are those of the matrix, column `n + i` is the negative unit vector i.
class BasisFactor {
  public:
    BasisFactor(const SparseColumns& matrix, std::size_t rows)
        : matrix_(matrix), columns_(matrix.first.size() - 1), rows_(rows), work_(static_cast<Eigen::Index>(rows)) {}

    /// False if the columns are not independent.
    bool factor(const std::vector<std::uint32_t>& head) {
        exchanges_.clear();
        if (rows_ == 0) return true;
        std::vector<Eigen::Triplet<double, int>> entries;
        for (std::size_t k = 0; k < rows_; ++k) {
            const auto column = static_cast<int>(k);
            if (head[k] >= columns_) {
                entries.emplace_back(static_cast<int>(head[k] - columns_), column, -1.0);
                continue;
            }
            for (std::size_t t = matrix_.first[head[k]]; t < matrix_.first[head[k] + 1]; ++t) {
                if (matrix_.value[t] != 0.0) {
                    entries.emplace_back(static_cast<int>(matrix_.index[t]), column, matrix_.value[t]);
                }
            }
        }
        Eigen::SparseMatrix<double> basis(static_cast<Eigen::Index>(rows_), static_cast<Eigen::Index>(rows_));
        basis.setFromTriplets(entries.begin(), entries.end());
        lu_.compute(basis);
        return lu_.info() == Eigen::Success && work_matches(basis);
    }

    [[nodiscard]] std::size_t exchanges() const { return exchanges_.size(); }

    /// v, one number per row, becomes B^-1 v, one per place in the basis.
    void solve(std::vector<double>& v) {
        if (rows_ == 0) return;
        Eigen::Map<Eigen::VectorXd> mapped(v.data(), static_cast<Eigen::Index>(rows_));
        work_ = lu_.solve(mapped);
        mapped = work_;
        for (const Exchange& e : exchanges_) {
            if (v[e.place] == 0.0) continue;
            const double scaled = v[e.place] / e.pivot;
            v[e.place] = scaled;
            for (const auto& [i, a] : e.rest)
                v[i] -= a * scaled;
        }
    }

    /// v, one number per place in the basis, becomes B^-T v, one per row.
    void solve_transposed(std::vector<double>& v) {
        if (rows_ == 0) return;
        for (std::size_t t = exchanges_.size(); t-- > 0;) {
            const Exchange& e = exchanges_[t];
            double sum = v[e.place];
            for (const auto& [i, a] : e.rest)
                sum -= a * v[i];
            v[e.place] = sum / e.pivot;
        }
        Eigen::Map<Eigen::VectorXd> mapped(v.data(), static_cast<Eigen::Index>(rows_));
        work_ = lu_.transpose().solve(mapped);
        mapped = work_;
    }

    /// The column at `place` is replaced by the one whose B^-1 a is `column`.
    void exchange(const std::vector<double>& column, std::size_t place) {
        Exchange e{place, column[place], {}};
        for (std::size_t i = 0; i < rows_; ++i) {
            if (i != place && std::abs(column[i]) > 1e-14) e.rest.emplace_back(i, column[i]);
        }
        exchanges_.push_back(std::move(e));
    }

  private:
    struct Exchange {
        std::size_t place;
        double pivot;
        std::vector<std::pair<std::size_t, double>> rest;
    };

    /// A factorisation that cannot reproduce a vector of ones is as good as none.
    bool work_matches(const Eigen::SparseMatrix<double>& basis) {
        const Eigen::VectorXd ones = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(rows_));
        const Eigen::VectorXd right = basis * ones;
        work_ = lu_.solve(right);
        const double off = (work_ - ones).cwiseAbs().maxCoeff();
        return off < 1e-4;  // false for NaN too
    }

    const SparseColumns& matrix_;
    std::size_t columns_;
    std::size_t rows_;
    Eigen::SparseLU<Eigen::SparseMatrix<double>> lu_;
    Eigen::VectorXd work_;
    std::vector<Exchange> exchanges_;
};

/// Independent columns out of `wanted`, completed by unit columns: the places of a basis. Gauss-Jordan with
/// the largest pivot that is free; for starts that are no basis.
inline std::vector<std::uint32_t> independent_columns(const SparseColumns& matrix, std::size_t rows,
                                                      const std::vector<std::uint32_t>& wanted) {
    constexpr std::uint32_t open = 0xFFFFFFFF;
    const std::size_t columns = matrix.first.size() - 1;
    std::vector<std::uint32_t> head(rows, open);
    for (const std::uint32_t j : wanted) {
        if (j >= columns) head[j - columns] = j;
    }
    struct Step {
        std::size_t place;
        double pivot;
        std::vector<std::pair<std::size_t, double>> rest;
    };
    std::vector<Step> steps;
    std::vector<double> v(rows);
    for (const std::uint32_t j : wanted) {
        if (j >= columns) continue;
        std::fill(v.begin(), v.end(), 0.0);
        for (std::size_t t = matrix.first[j]; t < matrix.first[j + 1]; ++t)
            v[matrix.index[t]] = matrix.value[t];
        for (const Step& s : steps) {
            if (v[s.place] == 0.0) continue;
            const double scaled = v[s.place] / s.pivot;
            v[s.place] = scaled;
            for (const auto& [i, a] : s.rest)
                v[i] -= a * scaled;
        }
        std::size_t best = rows;
        double largest = 0.0;
        for (std::size_t i = 0; i < rows; ++i) {
            largest = std::max(largest, std::abs(v[i]));
            if (head[i] == open && (best == rows || std::abs(v[i]) > std::abs(v[best]))) best = i;
        }
        if (best == rows || std::abs(v[best]) <= 1e-7 * largest || v[best] == 0.0) continue;
        Step step{best, v[best], {}};
        for (std::size_t i = 0; i < rows; ++i) {
            if (i != best && v[i] != 0.0) step.rest.emplace_back(i, v[i]);
        }
        steps.push_back(std::move(step));
        head[best] = j;
    }
    for (std::size_t i = 0; i < rows; ++i) {
        if (head[i] == open) head[i] = static_cast<std::uint32_t>(columns + i);
    }
    return head;
}

}  // namespace countyplan::detail
